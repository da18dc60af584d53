package io.htgateway.testing.s3;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Replaces the listings of a store: with smaller pages, or with keys that have no
 * objects. Many real objects would be slow, because the store reads all of its
 * directories for each page.
 */
final class Listings {

	private static final String LAST = "\uffff";

	private final BlobStore store;

	private volatile int pageSize = Integer.MAX_VALUE;

	private volatile NavigableSet<String> keys = new TreeSet<>();

	Listings(BlobStore store) {
		this.store = store;
	}

	/**
	 * Returns the store with these listings.
	 */
	BlobStore over() {
		return (BlobStore) Proxy.newProxyInstance(BlobStore.class.getClassLoader(), new Class<?>[] { BlobStore.class },
				this::invoke);
	}

	void limitPages(int keysInPage) {
		pageSize = keysInPage;
	}

	void pretend(NavigableSet<String> listed) {
		keys = listed;
	}

	private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return (arguments != null && arguments[0] instanceof ListObjectsV2Request request
					&& method.getName().equals("list")) ? list(limited(request)) : method.invoke(store, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private ListObjectsV2Request limited(ListObjectsV2Request request) {
		int max = Optional.ofNullable(request.maxKeys()).orElse(1_000);
		return request.toBuilder().maxKeys(Math.min(max, pageSize)).build();
	}

	private ListObjectsV2Response list(ListObjectsV2Request request) {
		if (keys.isEmpty()) {
			return store.list(request);
		}
		String prefix = Optional.ofNullable(request.prefix()).orElse("");
		String last = Optional.ofNullable(request.continuationToken())
			.or(() -> Optional.ofNullable(request.startAfter()))
			.orElse("");
		List<S3Object> objects = new ArrayList<>();
		List<CommonPrefix> folders = new ArrayList<>();
		String key = (last.compareTo(prefix) < 0) ? keys.ceiling(prefix) : keys.higher(last);
		while (key != null && key.startsWith(prefix) && objects.size() + folders.size() < request.maxKeys()) {
			int end = (request.delimiter() != null) ? key.indexOf(request.delimiter(), prefix.length()) : -1;
			if (end < 0) {
				objects.add(S3Object.builder().key(key).size(1L).eTag("\"e\"").build());
				last = key;
			}
			else {
				folders.add(CommonPrefix.builder().prefix(key.substring(0, end + 1)).build());
				last = key.substring(0, end + 1) + LAST;
			}
			key = keys.higher(last);
		}
		boolean more = key != null && key.startsWith(prefix);
		return ListObjectsV2Response.builder()
			.contents(objects)
			.commonPrefixes(folders)
			.isTruncated(more)
			.nextContinuationToken(more ? last : null)
			.build();
	}

}
