package io.htgateway.web.hit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.CacheProperties;
import io.htgateway.cache.store.CachedResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The replays by the exact request target that they answer, bounded by bytes.
 */
@Component
public final class Replays {

	private static final int SHARE = 8;

	private final Cache<String, Replay> replays;

	Replays(CacheProperties properties) {
		this.replays = Caffeine.newBuilder()
			.maximumWeight(properties.size().toBytes() / SHARE)
			.weigher((String target, Replay replay) -> target.length() + replay.response().weight())
			.executor(Runnable::run)
			.build();
	}

	/**
	 * The replay for the given request target, or null.
	 */
	public @Nullable Replay find(String target) {
		return replays.getIfPresent(target);
	}

	/**
	 * Takes the given replay for that of the target. A gzip variant that its predecessor
	 * has of the same bytes goes over to it.
	 */
	public void remember(String target, Replay replay) {
		replays.asMap().merge(target, replay, (before, next) -> next.withVariantOf(before));
	}

	/**
	 * The given response with the gzip variant that the replay of the target has of the
	 * same bytes, if any.
	 */
	public CachedResponse complete(String target, CachedResponse response) {
		Replay replay = find(target);
		return (replay != null) ? response.withVariantOf(replay.response()) : response;
	}

}
