package io.htgateway.upstream;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Plan;
import io.htgateway.secret.Secret;
import io.htgateway.testing.ClosingServer;
import io.htgateway.testing.HandshakeServer;
import io.htgateway.testing.LoopbackPorts;
import io.htgateway.testing.ScriptedServer;
import io.htgateway.time.Dates;
import io.htgateway.upstream.guard.Replicas;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamResponse;
import io.htgateway.upstream.response.WrongSign;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests of connections to the upstream on real sockets.
 */
class UpstreamConnectionTests {

	private static final UpstreamRequest REQUEST = UpstreamRequest.of("/");

	private static final int CONNECTIONS = 64;

	private final CallBudget budget = Budgets.of(1_000_000, 0, 0, InstantSource.system());

	private final UpstreamConfiguration configuration = new UpstreamConfiguration();

	private final ConnectionProvider all = configuration.upstreamConnections((name, id, remote, pool) -> {
	});

	@AfterEach
	void disposeConnections() {
		all.disposeLater().block();
	}

	@Test
	void fetchWhenReusedConnectionIsResetDuringTheRequestUsesAnother() throws IOException {
		ConnectionProvider one = ConnectionProvider.create("one", 1);
		try (ClosingServer server = ClosingServer.start()) {
			UpstreamClient client = client(server.uri(), one);

			for (int fetch = 1; fetch <= 5; fetch++) {
				assertThat(client.fetch(REQUEST, Mono::just).block()).isNotNull();
				assertThat(server.requests()).isEqualTo(2 * fetch - 1);
			}
		}
		one.disposeLater().block();
	}

	@Test
	void fetchWhenAllConnectionsHangIsRefusedWithinASecond() {
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch asked = new CountDownLatch(CONNECTIONS);
		Disposable.Composite hanging = Disposables.composite();
		try (ScriptedServer server = ScriptedServer.start((out) -> {
			asked.countDown();
			await(end);
		})) {
			UpstreamClient client = client(server.uri(), all);
			for (int call = 0; call < CONNECTIONS; call++) {
				hanging.add(client.fetch(REQUEST, Mono::just).onErrorComplete().subscribe());
			}
			await(asked);
			long start = System.nanoTime();

			Throwable refused = catchThrowable(() -> client.fetch(REQUEST, Mono::just).block());

			Duration waited = Duration.ofNanos(System.nanoTime() - start);
			hanging.dispose();
			end.countDown();
			assertThat(refused).isInstanceOf(UpstreamException.Busy.class);
			assertThat(waited).isLessThan(Duration.ofSeconds(1));
			assertThat(budget.snapshot().interactiveCalls()).isEqualTo(CONNECTIONS);
		}
	}

	// Makes as many calls as would open the breaker if they counted for it.
	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 302 Found\nContent-Length: 0\nLocation: /", "HTTP/1.1 200 OK\nX-Some: ",
			"HTTP/1.1 429 Slow down\nX-Some: " })
	void fetchWhenHeadersAreOverLimitNamesItAndIsNoFailureOfTheConnection(String head) {
		try (ScriptedServer server = ScriptedServer.answering(head + "a".repeat(32 * 1024), new byte[0])) {
			UpstreamClient client = client(server.uri(), all);
			for (int call = 1; call <= 30; call++) {
				assertThatExceptionOfType(UpstreamException.Malformed.class)
					.isThrownBy(() -> client.fetch(REQUEST, Mono::just).block())
					.withMessage("the upstream sent response headers over the limit of 32 KB")
					.satisfies((failure) -> assertThat(failure.status()).isNull());
				assertThat(server.targets()).hasSize(call);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1:{free}, connection-refused, it refused the connection",
			"http://no-such-host.invalid, unknown-host, its name cannot be resolved",
			"https://127.0.0.1:{plain}, no-tls, it does not speak TLS on this port: write http://" })
	void fetchWhenNothingIsSentCostsNothingAndIsASignOfAWrongBaseUrl(String template, String sign, String words) {
		try (ScriptedServer plain = ScriptedServer.answeringAtOnce("HTTP/1.1 400 Bad Request\nContent-Length: 0")) {
			String origin = plain.origin();
			URI upstream = URI.create(template.replace("{free}", Integer.toString(LoopbackPorts.freePair()))
				.replace("{plain}", origin.substring(origin.lastIndexOf(':') + 1)));

			assertThatExceptionOfType(UpstreamException.Unreachable.class)
				.isThrownBy(() -> client(upstream, all).fetch(REQUEST, Mono::just).block())
				.satisfies((failure) -> {
					assertThat(failure.sign()).isNotNull().extracting(WrongSign::name).isEqualTo(sign);
					assertThat(failure.cause()).startsWith(words).doesNotContain("no-such-host");
					assertThat(failure.host()).isEqualTo(upstream.getHost());
				});
			assertThat(budget.snapshot().interactiveCalls()).isZero();
		}
	}

	// Transient failures are retried once.
	@ParameterizedTest
	@MethodSource("handshakes")
	void fetchWhenTheTlsHandshakeFailsCostsNothingAndIsASignOfAnOutage(HandshakeServer ending, String words,
			int connections) {
		try (HandshakeServer server = ending) {
			assertThatExceptionOfType(UpstreamException.Unreachable.class)
				.isThrownBy(() -> client(server.uri(), all).fetch(REQUEST, Mono::just).block())
				.satisfies((failure) -> {
					assertThat(failure.sign()).isNotNull().satisfies((sign) -> {
						assertThat(sign.name()).isEqualTo("tls-handshake");
						assertThat(sign.isOutage()).isTrue();
					});
					assertThat(failure.cause()).isEqualTo(words);
					assertThat(failure.host()).isEqualTo("127.0.0.1");
					assertThat(failure.port()).isEqualTo(server.uri().getPort());
				});
			assertThat(server.connections()).isEqualTo(connections);
			assertThat(budget.snapshot().interactiveCalls()).isZero();
		}
	}

	static Stream<Arguments> handshakes() {
		return Stream.of(arguments(HandshakeServer.closing(), "it closed the connection during the TLS handshake", 2),
				arguments(HandshakeServer.resetting(), "it reset the connection during the TLS handshake", 2),
				arguments(HandshakeServer.alerting(40), "it refused the TLS handshake (handshake_failure)", 1),
				arguments(HandshakeServer.alerting(70), "it refused the TLS handshake (protocol_version)", 1),
				arguments(HandshakeServer.alerting(80), "it refused the TLS handshake (internal_error)", 1),
				arguments(HandshakeServer.alerting(112), "it refused the TLS handshake (unrecognized_name)", 1),
				arguments(HandshakeServer.alerting(0), "it closed the connection during the TLS handshake", 1));
	}

	// Has capital letters in scheme and host, and slashes at the end.
	@ParameterizedTest
	@CsvSource({ "HTTP://LOCALHOST:{port}, /x", "http://127.0.0.1:{port}/, /x",
			"http://127.0.0.1:{port}/base/, /base/x", "http://127.0.0.1:{port}/base, /base/x" })
	void fetchWhenBaseUrlIsWrittenInAnotherFormIsSentToTheSamePath(String template, String target) {
		try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\nContent-Type: application/json",
				"{}".getBytes(StandardCharsets.US_ASCII))) {
			String origin = server.origin();
			String base = template.replace("{port}", origin.substring(origin.lastIndexOf(':') + 1));

			client(URI.create(base), all).fetch(UpstreamRequest.of("/x"), Mono::just).block();

			assertThat(server.targets()).containsExactly(target);
		}
	}

	@Test
	void fetchWhenLocationIsLongIsRedirect() {
		String location = "https://bucket.s3.amazonaws.com/" + "a".repeat(32_000);
		try (ScriptedServer server = ScriptedServer
			.answering("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: " + location, new byte[0])) {
			assertThat(client(server.uri(), all).fetch(REQUEST.ofFile((place) -> Optional.empty()), Mono::just).block())
				.isEqualTo(new UpstreamResponse.Redirect(302, URI.create(location)));
		}
	}

	private UpstreamClient client(URI upstream, ConnectionProvider connections) {
		UpstreamProperties properties = new UpstreamProperties(upstream, Secret.of("key"), null, Duration.ofSeconds(2),
				Duration.ofSeconds(10), DataSize.ofMegabytes(1));
		Dates dates = Dates.of(InstantSource.system());
		return configuration.upstreamClient(WebClient.builder(), properties, ApiKey.of(properties), connections,
				configuration.upstreamGuard(configuration.upstreamBreaker(properties, dates), dates,
						new StaticListableBeanFactory().getBeanProvider(Replicas.class)),
				budget, configuration.callMeters(new SimpleMeterRegistry(), List.of()), dates,
				HttpClientSettings.defaults(), plan());
	}

	private static BudgetProperties plan() {
		return new BudgetProperties(Plan.PULSE, null, null, null, 1, 1, 0.1, null, true, Duration.ofSeconds(2));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
