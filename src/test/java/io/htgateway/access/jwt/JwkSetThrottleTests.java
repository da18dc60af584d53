package io.htgateway.access.jwt;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JwkSetThrottle}.
 */
class JwkSetThrottleTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final JwkSetThrottle requests = new JwkSetThrottle(clock,
			new IssuerLog("gateway.teams-jwt.jwk-set-uri", URI.create("http://127.0.0.1/keys")));

	private final AtomicInteger asked = new AtomicInteger();

	private final ExchangeFunction silent = (request) -> Mono.<ClientResponse>never()
		.doOnSubscribe((subscription) -> asked.incrementAndGet());

	// Who sends a JWT and goes away at once must not have the next one ask again.
	@Test
	void filterWhenNobodyWaitsAnyMoreAsksOnceASecond() {
		for (int time = 0; time < 5; time++) {
			ask("keys");
		}
		assertThat(asked).hasValue(1);

		clock.advance(Duration.ofMillis(999));
		ask("keys");
		assertThat(asked).hasValue(1);
		clock.advance(Duration.ofMillis(1));
		ask("keys");
		assertThat(asked).hasValue(2);
	}

	@Test
	void filterAsksForEachAddress() {
		ask("keys");
		ask("configuration");

		assertThat(asked).hasValue(2);
	}

	private void ask(String path) {
		ClientRequest request = ClientRequest.create(HttpMethod.GET, URI.create("http://127.0.0.1/" + path)).build();
		requests.filter(request, silent).subscribe().dispose();
	}

}
