package io.htgateway.web.server;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.htgateway.web.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slow clients, with the server's settings and shorter timeouts.
 */
@Tag("faults")
class ServerTimeoutTests {

	private static final Duration REQUEST = Duration.ofMillis(900);

	private static final Duration IDLE = Duration.ofMillis(600);

	private static final int LARGE = 32 * 1024 * 1024;

	private final DisposableServer server = ServerConfiguration
		.withTimeouts(HttpServer.create().host("127.0.0.1").port(0), IDLE, REQUEST)
		.route((routes) -> routes
			.get("/late",
					(request, response) -> response.header("Content-Length", "2")
						.sendString(Mono.just("ok").delayElement(IDLE.multipliedBy(3)))
						.then())
			.get("/large",
					(request, response) -> response.header("Content-Length", Integer.toString(LARGE))
						.sendByteArray(Mono.just(new byte[LARGE]))
						.then())
			.route((request) -> true, (request, response) -> echo(request, response)))
		.bindNow();

	private static Mono<Void> echo(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asString()
			.defaultIfEmpty("")
			.flatMap((body) -> response.header("Content-Length", "2").sendString(Mono.just("ok")).then());
	}

	@AfterEach
	void stop() {
		server.disposeNow();
	}

	@Test
	void connectionWhenItSendsNothingIsClosed() {
		assertThat(closedAfter("", "", 20)).isBetween(IDLE.minusMillis(50), IDLE.plusSeconds(2));
	}

	@Test
	void connectionWhenKeptAliveWithoutRequestsIsClosed() {
		try (RawClient client = RawClient.to(server.port())) {
			client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.read()).endsWith("ok");
			long start = System.nanoTime();
			assertThat(client.readToEnd()).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(IDLE.minusMillis(50),
					IDLE.plusSeconds(2));
		}
	}

	@Test
	void connectionWhenBodyStopsIsClosed() {
		assertThat(closedAfter("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc", "", 20))
			.isBetween(IDLE.minusMillis(50), REQUEST.plusSeconds(2));
	}

	@Test
	void connectionWhenBodyDripsIsClosed() {
		assertThat(closedAfter("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n", "x", 100))
			.isBetween(REQUEST.minusMillis(50), REQUEST.plusSeconds(2));
	}

	@Test
	void connectionWhenHeadersStopIsClosed() {
		assertThat(closedAfter("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", "", 20)).isLessThan(Duration.ofSeconds(3));
	}

	@Test
	void connectionWhenHeadersDripIsClosed() {
		assertThat(closedAfter("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", "x", 100)).isLessThan(Duration.ofSeconds(3));
	}

	@Test
	void connectionWhenRequestLineDripsIsClosed() {
		assertThat(closedAfter("GET /", "x", 100)).isLessThan(Duration.ofSeconds(3));
	}

	@Test
	void connectionWhenAnswerComesLateStaysOpen() {
		try (RawClient client = RawClient.to(server.port())) {
			client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.read()).endsWith("ok");
		}
	}

	@Test
	void connectionWhenAnswerIsReadSlowlyStaysOpen() {
		try (RawClient client = RawClient.to(server.port())) {
			client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
			client.readHead();
			int steps = 32;
			for (int step = 0; step < steps; step++) {
				assertThat(client.readBytes(LARGE / steps)).hasSize(LARGE / steps);
				LockSupport.parkNanos(IDLE.toNanos() / 8);
			}
		}
	}

	@Test
	void connectionWhenAnswerIsNotReadIsClosed() {
		try (RawClient client = RawClient.to(server.port())) {
			client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
			client.readHead();
			LockSupport.parkNanos(IDLE.multipliedBy(4).toNanos());
			assertThat(client.readToEnd().length()).isLessThan(LARGE);
		}
	}

	private Duration closedAfter(String start, String drip, int everyMillis) {
		long begin = System.nanoTime();
		try (RawClient client = RawClient.to(server.port())) {
			client.send(start);
			boolean open = true;
			while (open && System.nanoTime() - begin < Duration.ofSeconds(8).toNanos()) {
				open = client.isOpenFor(Duration.ofMillis(Math.max(everyMillis, 1))) && isSent(client, drip);
			}
		}
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	private static boolean isSent(RawClient client, String text) {
		try {
			client.send(text);
			return true;
		}
		catch (UncheckedIOException closed) {
			return false;
		}
	}

}
