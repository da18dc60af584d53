package io.htgateway.access.authentication;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.limit.RequestLimit;
import org.jspecify.annotations.Nullable;

/**
 * Limit of the requests without a valid token from one address (for IPv6, one /64
 * prefix). It only changes the response to such a request, so it never refuses a valid
 * token.
 */
final class FailedAttempts {

	/**
	 * Most invalid tokens a minute from one address.
	 */
	static final int PER_MINUTE = 30;

	private static final int MAX_ADDRESSES = 10_000;

	private static final int IPV6_NETWORK_BYTES = 8;

	private final Cache<String, RequestLimit> limits = Caffeine.newBuilder()
		.maximumSize(MAX_ADDRESSES)
		.executor(Runnable::run)
		.build();

	private final InstantSource clock;

	FailedAttempts(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Counts a failed attempt and returns its refusal.
	 * @param client address of the client; all unknown addresses count as one
	 * @param presented whether the request has a token
	 */
	TeamRefusal refuse(@Nullable InetSocketAddress client, boolean presented) {
		RequestLimit limit = Objects
			.requireNonNull(limits.get(network(client), (address) -> new RequestLimit(PER_MINUTE, clock)));
		return limit.tryAcquire() ? new TeamRefusal.Unauthenticated(presented)
				: new TeamRefusal.TooManyFailures(limit.retryAfter());
	}

	/**
	 * Returns the estimated number of remembered addresses.
	 */
	long size() {
		return limits.estimatedSize();
	}

	/**
	 * Returns the network of the given address: the address itself, or the /64 prefix of
	 * IPv6.
	 */
	static String network(@Nullable InetSocketAddress client) {
		InetAddress address = (client != null) ? client.getAddress() : null;
		if (address == null) {
			return "unknown";
		}
		byte[] bytes = address.getAddress();
		return HexFormat.of()
			.formatHex((address instanceof Inet6Address) ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
	}

}
