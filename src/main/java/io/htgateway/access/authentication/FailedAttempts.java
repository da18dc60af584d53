package io.htgateway.access.authentication;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often unknown tokens are checked, by their client's address: for IPv6, by
 * its network of 64 bits. Forgets the least used addresses.
 * <p>
 * Behind a proxy that is not trusted, all clients have one address. Plausible JWTs have
 * their own, far higher limit, so that bad tokens from there do not lock out clients
 * whose JWT is due for verification. It bounds the number of signatures that are checked.
 */
final class FailedAttempts {

	/**
	 * Most invalid tokens a minute from one address.
	 */
	static final int PER_MINUTE = 30;

	/**
	 * Most plausible but invalid JWTs a minute from one address.
	 */
	static final int PLAUSIBLE_PER_MINUTE = 3_000;

	/**
	 * Most plausible but invalid JWTs a minute from all addresses together.
	 */
	static final int ALL_PLAUSIBLE_PER_MINUTE = 12_000;

	private static final int MAX_ADDRESSES = 10_000;

	private static final int NETWORK = 8;

	private final Cache<String, Limits> limits = Caffeine.newBuilder()
		.maximumSize(MAX_ADDRESSES)
		.executor(Runnable::run)
		.build();

	private final RequestLimit all;

	private final InstantSource clock;

	FailedAttempts(InstantSource clock) {
		this.clock = clock;
		this.all = new RequestLimit(ALL_PLAUSIBLE_PER_MINUTE, clock);
	}

	/**
	 * Counts an attempt as failed from its start, so that concurrent attempts are bounded
	 * too.
	 * @param plausible whether the token is plausible; evaluated only if the limit of the
	 * address is used up
	 */
	Attempt begin(@Nullable InetSocketAddress client, BooleanSupplier plausible) {
		Limits own = Objects.requireNonNull(limits.get(network(client), (address) -> new Limits(clock)));
		if (own.any().take()) {
			return new Attempt.Allowed(List.of(own.any()));
		}
		if (!plausible.getAsBoolean()) {
			return new Attempt.Refused(own.any().retryAfter());
		}
		if (!own.plausible().take()) {
			return new Attempt.Refused(own.plausible().retryAfter());
		}
		if (!all.take()) {
			own.plausible().giveBack();
			return new Attempt.Refused(all.retryAfter());
		}
		return new Attempt.Allowed(List.of(own.plausible(), all));
	}

	/**
	 * How many addresses are remembered.
	 */
	long size() {
		return limits.estimatedSize();
	}

	private static String network(@Nullable InetSocketAddress client) {
		InetAddress address = (client != null) ? client.getAddress() : null;
		if (address == null) {
			return "unknown";
		}
		byte[] bytes = address.getAddress();
		return HexFormat.of().formatHex((address instanceof Inet6Address) ? Arrays.copyOf(bytes, NETWORK) : bytes);
	}

	/**
	 * An attempt to authenticate a token.
	 */
	sealed interface Attempt {

		/**
		 * The token may be checked.
		 *
		 * @param counted limits in which it counts as a failure
		 */
		record Allowed(List<RequestLimit> counted) implements Attempt {

			/**
			 * Removes it from the failures.
			 */
			void hasNotFailed() {
				counted.forEach(RequestLimit::giveBack);
			}

		}

		/**
		 * There were too many failures.
		 *
		 * @param retryAfter time until the next token is checked
		 */
		record Refused(Duration retryAfter) implements Attempt {
		}

	}

	private record Limits(RequestLimit any, RequestLimit plausible) {

		private Limits(InstantSource clock) {
			this(new RequestLimit(PER_MINUTE, clock), new RequestLimit(PLAUSIBLE_PER_MINUTE, clock));
		}

	}

}
