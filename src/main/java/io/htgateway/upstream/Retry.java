package io.htgateway.upstream;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import javax.net.ssl.SSLException;

import io.htgateway.http.TlsHandshakeException;
import io.htgateway.upstream.response.UpstreamException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * Whether a failed call is made a second time, and how long after: only where it may have
 * failed by chance, never after an answer that means something.
 */
final class Retry {

	private static final long MIN_DELAY_MILLIS = 100;

	private static final long MAX_DELAY_MILLIS = 300;

	private Retry() {
	}

	/**
	 * The delay before the second call, if one makes sense.
	 * @param left what is left of the time for both calls
	 * @param limit the time for both calls: a call with less than half of it is not worth
	 * its cost
	 */
	static Optional<Duration> delay(Throwable failure, Duration left, Duration limit) {
		if (!mayPass(failure)) {
			return Optional.empty();
		}
		Duration chance = Duration.ofMillis(ThreadLocalRandom.current().nextLong(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS));
		Duration asked = asked(failure);
		Duration delay = (asked.compareTo(chance) > 0) ? asked : chance;
		return (left.minus(delay).compareTo(limit.dividedBy(2)) >= 0) ? Optional.of(delay) : Optional.empty();
	}

	private static boolean mayPass(Throwable failure) {
		return switch (failure) {
			case UpstreamException.Failed failed -> failed.status() >= 502 && failed.status() <= 504;
			case UpstreamException.Unreachable unreachable -> isBroken(unreachable.getCause());
			default -> false;
		};
	}

	// Refused, reset, or closed before the end; not a certificate or a name that is
	// wrong, nor an alert of TLS.
	private static boolean isBroken(@Nullable Throwable cause) {
		return switch (cause) {
			case null -> false;
			case TlsHandshakeException handshake -> isBroken(handshake.getCause());
			case SSLException _, UnknownHostException _ -> false;
			case IOException _, AbortedException _ -> true;
			default -> false;
		};
	}

	private static Duration asked(Throwable failure) {
		return (failure instanceof UpstreamException.Failed failed) ? failed.retryAfter().orElse(Duration.ZERO)
				: Duration.ZERO;
	}

}
