package io.htgateway.cache.load;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.RemovalListener;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * The keys in memory whose responses are evicted before all others, oldest first. Without
 * it, the policy of the memory could evict a response that was not requested for a while
 * to store one of many past pages.
 */
final class EvictedFirst implements RemovalListener<CacheKey, StoredResponse> {

	// Held while the memory is changed. The memory itself calls this listener while it is
	// locked, so the lock of the keys is another one, which is never held then.
	private final Object writing = new Object();

	private final SequencedSet<CacheKey> keys = new LinkedHashSet<>();

	/**
	 * Stores the given response in the given memory after it has evicted responses of
	 * these keys until it fits. One response is stored at a time: the memory counts its
	 * size a little later, and would evict others if many were added meanwhile.
	 * @param write stores the response
	 * @return the result of the write
	 */
	<T extends @Nullable Object> T store(Cache<CacheKey, StoredResponse> memory, CacheKey key, StoredResponse next,
			Supplier<T> write) {
		synchronized (writing) {
			makeRoom(memory, key, next);
			T result = write.get();
			add(key);
			return result;
		}
	}

	private void makeRoom(Cache<CacheKey, StoredResponse> memory, CacheKey key, StoredResponse next) {
		remove(key);
		if (!isEmpty()) {
			Policy.Eviction<CacheKey, StoredResponse> bounds = memory.policy().eviction().orElseThrow();
			long limit = bounds.getMaximum() - added(memory, key, next);
			for (CacheKey oldest = poll(bounds, limit); oldest != null; oldest = poll(bounds, limit)) {
				memory.invalidate(oldest);
			}
		}
	}

	private @Nullable CacheKey poll(Policy.Eviction<CacheKey, StoredResponse> bounds, long limit) {
		return (bounds.weightedSize().orElse(0) > limit) ? poll() : null;
	}

	private static long added(Cache<CacheKey, StoredResponse> memory, CacheKey key, StoredResponse next) {
		StoredResponse replaced = memory.policy().getIfPresentQuietly(key);
		long weight = next.response().weight();
		return weight - ((replaced != null) ? replaced.response().weight() : 0);
	}

	private synchronized boolean isEmpty() {
		return keys.isEmpty();
	}

	private synchronized @Nullable CacheKey poll() {
		return keys.isEmpty() ? null : keys.removeFirst();
	}

	private synchronized void add(CacheKey key) {
		if (key.isEvictedFirst()) {
			keys.addLast(key);
		}
	}

	@Override
	public void onRemoval(@Nullable CacheKey key, @Nullable StoredResponse response, RemovalCause cause) {
		if (key != null && key.isEvictedFirst() && cause != RemovalCause.REPLACED) {
			remove(key);
		}
	}

	private synchronized void remove(CacheKey key) {
		keys.remove(key);
	}

}
