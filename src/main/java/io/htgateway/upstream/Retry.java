package io.htgateway.upstream;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import javax.net.ssl.SSLException;

import io.htgateway.tls.TlsHandshakeException;
import io.htgateway.upstream.response.UpstreamException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * Rules for a second call after a failed one: only transient failures are retried, never
 * a deliberate response of the upstream.
 */
final class Retry {

	private static final long MIN_DELAY_MILLIS = 100;

	private static final long MAX_DELAY_MILLIS = 300;

	private Retry() {
	}

	/**
	 * Returns the delay before the second call, or an empty value if there must be none.
	 * @param left time that is left for the second call
	 * @param limit time for both calls; a second call with less than half of it is not
	 * worth its cost
	 */
	static Optional<Duration> delay(Throwable failure, Duration left, Duration limit) {
		if (!isTransient(failure)) {
			return Optional.empty();
		}
		Duration random = Duration.ofMillis(ThreadLocalRandom.current().nextLong(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS));
		Duration requested = requestedDelay(failure);
		Duration delay = (requested.compareTo(random) > 0) ? requested : random;
		return (left.minus(delay).compareTo(limit.dividedBy(2)) >= 0) ? Optional.of(delay) : Optional.empty();
	}

	private static boolean isTransient(Throwable failure) {
		return switch (failure) {
			case UpstreamException.Failed failed -> failed.status() >= 502 && failed.status() <= 504;
			case UpstreamException.Unreachable unreachable -> isBroken(unreachable.getCause());
			default -> false;
		};
	}

	// Connections that were refused, reset or closed early. Unknown hosts, untrusted
	// certificates and TLS alerts would fail again.
	private static boolean isBroken(@Nullable Throwable cause) {
		return switch (cause) {
			case null -> false;
			case TlsHandshakeException handshake -> isBroken(handshake.getCause());
			case SSLException _, UnknownHostException _ -> false;
			case IOException _, AbortedException _ -> true;
			default -> false;
		};
	}

	private static Duration requestedDelay(Throwable failure) {
		return (failure instanceof UpstreamException.Failed failed) ? failed.retryAfter().orElse(Duration.ZERO)
				: Duration.ZERO;
	}

}
