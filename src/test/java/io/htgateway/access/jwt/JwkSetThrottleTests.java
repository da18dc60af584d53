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
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JwkSetThrottle}.
 */
class JwkSetThrottleTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final JwkSetThrottle requests = new JwkSetThrottle(clock,
			new IssuerLog("gateway.access.jwt.jwk-set-uri", URI.create("http://127.0.0.1/keys")),
			Schedulers.immediate());

	private final AtomicInteger sent = new AtomicInteger();

	private final ExchangeFunction silent = (request) -> Mono.<ClientResponse>never()
		.doOnSubscribe((subscription) -> sent.incrementAndGet());

	// A client that sends a JWT and disconnects must not cause a second request.
	@Test
	void filterSendsOneRequestASecondEvenIfNobodyWaits() {
		for (int time = 0; time < 5; time++) {
			send("keys");
		}
		assertThat(sent).hasValue(1);

		clock.advance(Duration.ofMillis(999));
		send("keys");
		assertThat(sent).hasValue(1);
		clock.advance(Duration.ofMillis(1));
		send("keys");
		assertThat(sent).hasValue(2);
	}

	@Test
	void filterSendsARequestForEachUrl() {
		send("keys");
		send("configuration");

		assertThat(sent).hasValue(2);
	}

	private void send(String path) {
		ClientRequest request = ClientRequest.create(HttpMethod.GET, URI.create("http://127.0.0.1/" + path)).build();
		requests.filter(request, silent).subscribe().dispose();
	}

}
