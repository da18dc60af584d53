package io.htgateway.web.server;

import io.htgateway.web.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long bodies sent to a server with the gateway's settings that reads them before it
 * answers.
 */
class BodyLimitTests {

	private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

	private static final String CHUNK = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

	private final DisposableServer server = ServerConfiguration
		.withGuards(HttpServer.create().host("127.0.0.1").port(0))
		.handle(BodyLimitTests::length)
		.bindNow();

	private static Mono<Void> length(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.map((body) -> Integer.toString(body.readableBytes()))
			.flatMap((length) -> response.header("Content-Length", "5").sendString(Mono.just(length)).then());
	}

	@AfterEach
	void stop() {
		server.disposeNow();
	}

	@Test
	void requestWhenBodyIsAtTheLimitIsAnsweredAndConnectionInUse() {
		try (RawClient client = RawClient.to(server.port())) {
			for (int time = 0; time < 3; time++) {
				client.send(HEAD + CHUNK.repeat(4) + "0\r\n\r\n");
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith("65536");
			}
		}
	}

	@Test
	void requestWhenBodyIsOverTheLimitIsRefusedAndConnectionClosed() {
		try (RawClient client = RawClient.to(server.port())) {
			client.send(HEAD + CHUNK.repeat(4) + "1\r\nx\r\n");

			assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ")
				.containsIgnoringCase("connection: close")
				.containsOnlyOnce("HTTP/1.1");
		}
	}

}
