package io.htgateway.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.CacheProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The replays by the exact request target that they answer, bounded by bytes.
 */
@Component
final class Replays {

	private static final int SHARE = 8;

	private final Cache<String, Replay> replays;

	Replays(CacheProperties properties) {
		this.replays = Caffeine.newBuilder()
			.maximumWeight(properties.maxSize().toBytes() / SHARE)
			.weigher((String target, Replay replay) -> target.length() + replay.response().weight())
			.build();
	}

	@Nullable Replay find(String target) {
		return replays.getIfPresent(target);
	}

	void remember(String target, Replay replay) {
		replays.put(target, replay);
	}

}
