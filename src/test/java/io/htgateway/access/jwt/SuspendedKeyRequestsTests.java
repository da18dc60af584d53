package io.htgateway.access.jwt;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.time.Dates;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JwkSetThrottle} while the machine is suspended.
 */
class SuspendedKeyRequestsTests {

	private final SetClock clock = new SetClock(Instant.parse("2026-11-02T10:00:00Z"));

	@Test
	void keysOfTheIssuerAreReadAgainAfterSuspension() {
		AtomicInteger asked = new AtomicInteger();
		JwkSetThrottle requests = new JwkSetThrottle(Dates.of(clock.ages()).clock(),
				new IssuerLog("gateway.access.jwt.jwk-set-uri", URI.create("http://127.0.0.1/keys")),
				Schedulers.immediate());
		Runnable ask = () -> requests
			.filter(ClientRequest.create(HttpMethod.GET, URI.create("http://127.0.0.1/keys")).build(),
					(request) -> Mono.<ClientResponse>never().doOnSubscribe((start) -> asked.incrementAndGet()))
			.subscribe()
			.dispose();
		ask.run();
		ask.run();
		assertThat(asked).hasValue(1);

		clock.suspend(Duration.ofHours(8));
		ask.run();

		assertThat(asked).hasValue(2);
	}

}
