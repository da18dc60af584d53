package io.htgateway.history.s3;

import java.util.List;
import java.util.Optional;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.history.store.StoredObject;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Store of snapshots in a bucket of Amazon S3 or of an object store with the same API. It
 * needs the permissions {@code s3:ListBucket}, {@code s3:GetObject}, {@code s3:PutObject}
 * and {@code s3:DeleteObject}.
 */
public final class S3SnapshotStore implements SnapshotStore {

	private static final String CONTENT_TYPE = "application/gzip";

	// Maximum of the API.
	private static final int MOST_REMOVED = 1_000;

	private final S3Location location;

	private final S3Client client;

	private final S3Limits limits;

	private final S3Failures failures;

	S3SnapshotStore(S3Location location, S3Client client, S3Limits limits) {
		this.location = location;
		this.client = client;
		this.limits = limits;
		failures = new S3Failures(limits);
	}

	/**
	 * Creates the store, without a connection to it. The AWS SDK finds the endpoint, the
	 * region and the credentials: in environment variables, profiles, and the metadata of
	 * containers and hosts. If an endpoint is configured, the bucket is in the path of
	 * URLs instead of the host name.
	 * @throws io.htgateway.settings.UnusableSettingsException if no region is known, or
	 * the endpoint is invalid
	 */
	public static S3SnapshotStore of(S3Location location) {
		return new S3SnapshotStore(location, S3Client.create(S3Limits.DEFAULT), S3Limits.DEFAULT);
	}

	@Override
	public Mono<List<StoredObject>> list(String prefix, String after, int limit) {
		ListObjectsV2Request first = request(prefix).startAfter(after.isEmpty() ? null : location.prefix() + after)
			.maxKeys(limit)
			.build();
		return operation("list",
				pages(first).concatMapIterable(ListObjectsV2Response::contents, 1)
					.take(limit)
					.map(this::stored)
					.collectList());
	}

	@Override
	public Mono<List<String>> folders(String prefix) {
		int start = location.prefix().length() + prefix.length();
		return operation("list",
				pages(request(prefix).delimiter("/").build()).concatMapIterable(ListObjectsV2Response::commonPrefixes)
					.map((folder) -> folder.prefix().substring(start, folder.prefix().length() - 1))
					.filter((folder) -> !folder.isEmpty())
					.distinct()
					.sort()
					.collectList());
	}

	@Override
	public Mono<byte[]> read(String name, int maxSize) {
		return operation("read", client
			.send((s3) -> s3.getObject((get) -> get.bucket(location.bucket()).key(key(name)), new BoundedBody(maxSize)))
			.onErrorResume(NoSuchKeyException.class, (absent) -> Mono.empty()));
	}

	@Override
	public Mono<Void> write(String name, byte[] content) {
		return operation("write",
				client.send((s3) -> s3.putObject(
						(put) -> put.bucket(location.bucket()).key(key(name)).contentType(CONTENT_TYPE),
						AsyncRequestBody.fromBytesUnsafe(content)))
					.then());
	}

	@Override
	public Mono<Void> remove(List<String> names) {
		return operation("remove",
				Flux.fromIterable(names).distinct().buffer(MOST_REMOVED).concatMap(this::removeAtOnce).then());
	}

	private Mono<Void> removeAtOnce(List<String> names) {
		List<ObjectIdentifier> keys = names.stream()
			.map((name) -> ObjectIdentifier.builder().key(key(name)).build())
			.toList();
		return client
			.send((s3) -> s3
				.deleteObjects((delete) -> delete.bucket(location.bucket()).delete((objects) -> objects.objects(keys))))
			.doOnNext((response) -> failIfAnyIsLeft(response, names.size()))
			.then();
	}

	// The response reports absent objects as removed.
	private static void failIfAnyIsLeft(DeleteObjectsResponse response, int all) {
		int left = all - response.deleted().size();
		if (left > 0) {
			String code = response.errors().isEmpty() ? "an incomplete answer" : response.errors().getFirst().code();
			throw new SnapshotStoreException(
					"remove: %d of %d objects were not removed, because of %s".formatted(left, all, code), null);
		}
	}

	private ListObjectsV2Request.Builder request(String prefix) {
		return ListObjectsV2Request.builder().bucket(location.bucket()).prefix(key(prefix));
	}

	// A page before the last one may have fewer keys than requested, or none.
	private Flux<ListObjectsV2Response> pages(ListObjectsV2Request first) {
		return page(first)
			.expand((page) -> next(page).map((token) -> page(first.toBuilder().continuationToken(token).build()))
				.orElseGet(Mono::empty));
	}

	private Mono<ListObjectsV2Response> page(ListObjectsV2Request request) {
		return client.send((s3) -> s3.listObjectsV2(request)).doOnNext(S3SnapshotStore::failIfIncomplete);
	}

	// If the connection ends before the body, the SDK returns an empty page.
	private static void failIfIncomplete(ListObjectsV2Response page) {
		if (page.isTruncated() == null) {
			throw new SnapshotStoreException("list: the answer is incomplete", null);
		}
	}

	private static Optional<String> next(ListObjectsV2Response page) {
		if (!page.isTruncated()) {
			return Optional.empty();
		}
		if (page.nextContinuationToken() == null) {
			throw new SnapshotStoreException("list: the store sent a part of the list, and no continuation token",
					null);
		}
		return Optional.of(page.nextContinuationToken());
	}

	private StoredObject stored(S3Object object) {
		return new StoredObject(object.key().substring(location.prefix().length()), object.size());
	}

	private String key(String name) {
		return location.prefix() + name;
	}

	// The event loops of the client must be free for other requests.
	private <T> Mono<T> operation(String name, Mono<T> calls) {
		return calls.timeout(limits.operation())
			.publishOn(Schedulers.parallel())
			.onErrorMap((failure) -> failures.of(name, failure));
	}

	@Override
	public String location() {
		return location.toString();
	}

	@Override
	public void close() {
		client.close();
	}

}
