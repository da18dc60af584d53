package io.htgateway.web.hit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.CacheProperties;
import io.htgateway.cache.store.CachedResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Replays by the exact request target, limited by bytes.
 */
@Component
public final class Replays {

	private final Cache<String, Replay> replays;

	Replays(CacheProperties properties) {
		this.replays = Caffeine.newBuilder()
			.maximumWeight(CacheProperties.finished(properties.size()).toBytes())
			.weigher((String target, Replay replay) -> target.length() + replay.response().weight())
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Returns the replay for the given request target, or null.
	 */
	public @Nullable Replay find(String target) {
		return replays.getIfPresent(target);
	}

	/**
	 * Stores the given replay for the target. It takes over the gzip variant of the
	 * replay before it if the bytes are the same.
	 */
	public void put(String target, Replay replay) {
		replays.asMap().merge(target, replay, (previous, next) -> next.withVariantOf(previous));
	}

	/**
	 * Returns the given response with the gzip variant that the replay of the target has
	 * for the same bytes, if any.
	 */
	public CachedResponse complete(String target, CachedResponse response) {
		Replay replay = find(target);
		return (replay != null) ? response.withVariantOf(replay.response()) : response;
	}

}
