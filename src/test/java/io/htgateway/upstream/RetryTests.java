package io.htgateway.upstream;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Retry}.
 */
class RetryTests {

	private static final Duration LIMIT = Duration.ofSeconds(12);

	@ParameterizedTest
	@ValueSource(ints = { 502, 503, 504 })
	void delayWhenFailureIsTransientIsShort(int status) {
		assertThat(Retry.delay(new UpstreamException.Failed(status), LIMIT, LIMIT)).isPresent();
	}

	@RepeatedTest(20)
	void delayWhenConnectionBreaksIsShort() {
		assertThat(Retry.delay(new UpstreamException.Unreachable(new IOException()), LIMIT, LIMIT))
			.hasValueSatisfying((delay) -> assertThat(delay).isBetween(Duration.ofMillis(100), Duration.ofMillis(300)));
	}

	@ParameterizedTest
	@MethodSource("lastingFailures")
	void delayWhenSecondCallWouldFailTooIsNone(Throwable failure) {
		assertThat(Retry.delay(failure, LIMIT, LIMIT)).isEmpty();
	}

	static Stream<Throwable> lastingFailures() {
		return Stream.of(new UpstreamException.Rejected(400, ""), new UpstreamException.Rejected(404, ""),
				new UpstreamException.CredentialsRefused(401), new UpstreamException.RateLimited(Duration.ofSeconds(1)),
				new UpstreamException.Failed(500), new UpstreamException.Failed(501), new UpstreamException.Failed(505),
				new UpstreamException.Failed(418), new UpstreamException.Malformed("nothing"),
				new UpstreamException.TimedOut(new IOException()), new UpstreamException.Busy(),
				new UpstreamException.Unreachable(new SSLHandshakeException("expired")),
				new UpstreamException.Unreachable(new UnknownHostException()),
				new UpstreamException.Unreachable(new IllegalArgumentException("no HTTP")),
				new UpstreamRefusal.CoolingDown(Duration.ofSeconds(1)), new IllegalStateException());
	}

	@Test
	void delayWhenLessThanHalfOfTheTimeIsLeftIsNone() {
		UpstreamException failure = new UpstreamException.Failed(503);

		assertThat(Retry.delay(failure, Duration.ofMillis(6_300), LIMIT)).isPresent();
		assertThat(Retry.delay(failure, Duration.ofMillis(6_099), LIMIT)).isEmpty();
	}

	@Test
	void delayWhenUpstreamAsksForATimeIsThatTime() {
		assertThat(Retry.delay(new UpstreamException.Failed(503, Duration.ofSeconds(3)), LIMIT, LIMIT))
			.contains(Duration.ofSeconds(3));
		assertThat(Retry.delay(new UpstreamException.Failed(503, Duration.ofSeconds(7)), LIMIT, LIMIT)).isEmpty();
	}

}
