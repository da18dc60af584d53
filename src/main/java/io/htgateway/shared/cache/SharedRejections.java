package io.htgateway.shared.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import io.htgateway.cache.store.RejectionCodec;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Rejections that replicas share, so that the calls for a key that does not exist are as
 * few as those of one replica. Each is stored for an hour longer than it holds: the next
 * one waits twice as long.
 */
final class SharedRejections {

	private static final byte[] MAX_MILLIS = SharedStore.argument(Rejection.MAX_RETRY_AFTER.toMillis());

	private static final Script FIND = Script.named("rejection");

	private static final Script PUT = Script.named("reject");

	private static final Script REMOVE = Script.named("accept");

	private static final Pattern FOUND = Pattern.compile("([0-9]{1,8}) ([0-9]{1,8}) (.*)", Pattern.DOTALL);

	private final SharedStore store;

	private final RejectionCodec codec;

	SharedRejections(SharedStore store, RejectionCodec codec) {
		this.store = store;
		this.codec = codec;
	}

	/**
	 * Returns the rejection of the given key, or nothing. Never fails.
	 */
	Mono<Rejection> find(CacheKey key) {
		return Mono.defer(() -> store.runIdempotent(FIND, List.of(name(key)), MAX_MILLIS))
			.mapNotNull(this::read)
			.onErrorComplete();
	}

	/**
	 * Stores a rejection. Never fails.
	 */
	Mono<Void> put(CacheKey key, Rejection rejection) {
		return Mono.justOrEmpty(codec.write(rejection.cause()))
			.flatMap((cause) -> store.runIdempotent(PUT, List.of(name(key)),
					SharedStore.argument(rejection.retryAfter().toMillis()), MAX_MILLIS,
					SharedStore.argument(rejection.attempts() + " " + cause)))
			.onErrorComplete()
			.then();
	}

	/**
	 * Removes the rejection of the given key. Never fails.
	 */
	Mono<Void> remove(CacheKey key) {
		return Mono.defer(() -> store.runIdempotent(REMOVE, List.of(name(key)))).onErrorComplete().then();
	}

	private @Nullable Rejection read(byte[] found) {
		Matcher parts = FOUND.matcher(new String(found, StandardCharsets.UTF_8));
		if (!parts.matches() || Integer.parseInt(parts.group(2)) == 0) {
			return null;
		}
		return codec.read(parts.group(3))
			.map((cause) -> new Rejection(cause, Integer.parseInt(parts.group(2)),
					Duration.ofMillis(Long.parseLong(parts.group(1)))))
			.orElse(null);
	}

	private String name(CacheKey key) {
		return store.names().of(CacheKeyText.of(key), "rejection");
	}

}
