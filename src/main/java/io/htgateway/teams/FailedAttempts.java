package io.htgateway.teams;

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
import org.jspecify.annotations.Nullable;

/**
 * Limits how often tokens that are not known to be good are looked at, by the address
 * they come from: a network of 64 bits where that is IPv6. Forgets the least used
 * addresses.
 * <p>
 * Behind a proxy that is not trusted, everybody has one address. So that bad tokens there
 * lock nobody out whose JWT is due for verification, JWTs that look good have a limit of
 * their own, far higher, which bounds the signatures that are checked.
 */
final class FailedAttempts {

	/**
	 * Most tokens a minute of one address that turn out to be bad.
	 */
	static final int PER_MINUTE = 30;

	/**
	 * Most JWTs a minute of one address that look good and turn out to be bad.
	 */
	static final int PLAUSIBLE_PER_MINUTE = 3_000;

	/**
	 * The same of all addresses together.
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
	 * Counts an attempt as failed from its start, so that attempts at the same time are
	 * bounded too.
	 * @param plausible whether the token may well be good, which is asked only where it
	 * matters
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
	 * An attempt to find out whose a token is.
	 */
	sealed interface Attempt {

		/**
		 * The token may be looked at.
		 *
		 * @param counted where it counts as a failure
		 */
		record Allowed(List<RequestLimit> counted) implements Attempt {

			/**
			 * Counts it as a failure no longer.
			 */
			void hasNotFailed() {
				counted.forEach(RequestLimit::giveBack);
			}

		}

		/**
		 * There were too many.
		 *
		 * @param retryAfter time until the next one is looked at
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
