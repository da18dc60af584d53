package io.htgateway.teams;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often requests without a good token are looked at, by the address they come
 * from: a network of 64 bits where that is IPv6. Forgets the least used addresses.
 */
final class FailedAttempts {

	static final int PER_MINUTE = 30;

	private static final int MAX_ADDRESSES = 10_000;

	private static final int NETWORK = 8;

	private final Cache<String, RequestLimit> limits = Caffeine.newBuilder()
		.maximumSize(MAX_ADDRESSES)
		.executor(Runnable::run)
		.build();

	private final InstantSource clock;

	FailedAttempts(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Whether there were too many, and for how long, or null.
	 */
	@Nullable Duration wait(@Nullable InetSocketAddress client) {
		RequestLimit limit = limits.getIfPresent(network(client));
		return (limit != null && limit.left() == 0) ? limit.retryAfter() : null;
	}

	/**
	 * Counts one.
	 */
	void count(@Nullable InetSocketAddress client) {
		limits.get(network(client), (address) -> new RequestLimit(PER_MINUTE, clock)).take();
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

}
