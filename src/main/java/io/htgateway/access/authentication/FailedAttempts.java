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
 * Limits how many invalid tokens each client address may send in a minute. IPv6 addresses
 * count by their network of 64 bits. Remembers up to 10,000 addresses and evicts the
 * least used.
 * <p>
 * Behind a proxy that is not trusted, all clients have one address. Plausible JWTs
 * therefore have a far higher limit of their own: invalid tokens from that address do not
 * lock out clients whose JWT is due for verification. This limit bounds the number of
 * signature checks.
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

	private static final int IPV6_NETWORK_BYTES = 8;

	private final Cache<String, Limits> limits = Caffeine.newBuilder()
		.maximumSize(MAX_ADDRESSES)
		.executor(Runnable::run)
		.build();

	private final RequestLimit allPlausible;

	private final InstantSource clock;

	FailedAttempts(InstantSource clock) {
		this.clock = clock;
		this.allPlausible = new RequestLimit(ALL_PLAUSIBLE_PER_MINUTE, clock);
	}

	/**
	 * Begins an attempt. It counts as failed from its start, so that concurrent attempts
	 * are limited too; {@link Attempt.Allowed#release} takes that back.
	 * @param client address of the client; all unknown addresses count as one
	 * @param plausible whether the token is a plausible JWT; evaluated only if the limit
	 * of the address is used up
	 */
	Attempt begin(@Nullable InetSocketAddress client, BooleanSupplier plausible) {
		Limits own = Objects.requireNonNull(limits.get(network(client), (address) -> new Limits(clock)));
		if (own.any().tryAcquire()) {
			return new Attempt.Allowed(List.of(own.any()));
		}
		if (!plausible.getAsBoolean()) {
			return new Attempt.Refused(own.any().retryAfter());
		}
		if (!own.plausible().tryAcquire()) {
			return new Attempt.Refused(own.plausible().retryAfter());
		}
		if (!allPlausible.tryAcquire()) {
			own.plausible().release();
			return new Attempt.Refused(allPlausible.retryAfter());
		}
		return new Attempt.Allowed(List.of(own.plausible(), allPlausible));
	}

	/**
	 * Returns the estimated number of remembered addresses.
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
		return HexFormat.of()
			.formatHex((address instanceof Inet6Address) ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
	}

	/**
	 * An attempt to authenticate a token.
	 */
	sealed interface Attempt {

		/**
		 * The token may be checked.
		 *
		 * @param counted limits that count the attempt as failed
		 */
		record Allowed(List<RequestLimit> counted) implements Attempt {

			/**
			 * Takes the attempt back from the counted failures, since it has not failed.
			 */
			void release() {
				counted.forEach(RequestLimit::release);
			}

		}

		/**
		 * The token is not checked, because too many attempts failed.
		 *
		 * @param retryAfter time until a token is checked again
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
