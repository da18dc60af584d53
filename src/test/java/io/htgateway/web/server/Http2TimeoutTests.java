package io.htgateway.web.server;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.web.Http2Client;
import io.htgateway.web.Http2Frames;
import io.htgateway.web.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static io.htgateway.web.Http2Frames.CONTINUATION;
import static io.htgateway.web.Http2Frames.DATA;
import static io.htgateway.web.Http2Frames.END_HEADERS;
import static io.htgateway.web.Http2Frames.GOAWAY;
import static io.htgateway.web.Http2Frames.HEADERS;
import static io.htgateway.web.Http2Frames.RST_STREAM;
import static io.htgateway.web.Http2Frames.SETTINGS;
import static io.htgateway.web.Http2Frames.block;
import static io.htgateway.web.Http2Frames.frame;
import static io.htgateway.web.Http2Frames.get;
import static io.htgateway.web.Http2Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slow HTTP/2 clients, with the server's settings and shorter timeouts.
 */
@Tag("faults")
class Http2TimeoutTests {

	private static final Duration REQUEST = Duration.ofMillis(900);

	private static final Duration IDLE = Duration.ofMillis(600);

	private static final int CANCEL = 8;

	private final DisposableServer server = ServerConfiguration
		.withGuards(ServerConfiguration.withTimeouts(
				HttpServer.create().host("127.0.0.1").port(0).protocol(HttpProtocol.HTTP11, HttpProtocol.H2C), IDLE,
				REQUEST))
		.route((routes) -> routes
			.get("/late",
					(request, response) -> response.header("Content-Length", "2")
						.sendString(Mono.just("ok").delayElement(IDLE.multipliedBy(3)))
						.then())
			.get("/large", (request, response) -> response.sendByteArray(Mono.just(new byte[1 << 20])).then())
			.route((request) -> true,
					(request, response) -> request.receive()
						.aggregate()
						.asString()
						.defaultIfEmpty("")
						.flatMap((body) -> response.sendString(Mono.just("ok")).then())))
		.bindNow();

	@AfterEach
	void stop() {
		server.disposeNow();
	}

	@Test
	void connectionWhenItSendsNothingIsLeft() {
		try (Http2Client client = Http2Client.on(RawClient.to(server.port()))) {
			assertThat(client.readToEnd()).extracting(Http2Client.Frame::type).containsExactly(GOAWAY);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers", "continuations", "frame", "data", "preface" })
	void connectionWhenWhatItSendsHasNoEndIsClosed(String what) {
		try (RawClient client = RawClient.to(server.port())) {
			String preface = Http2Frames.PREFACE;
			client.send(what.equals("preface") ? preface.substring(0, 20) : preface);
			if (!what.equals("preface")) {
				client.send(frame(SETTINGS, 0, 0));
			}
			client.send(switch (what) {
				case "headers" -> frame(1000, HEADERS, END_HEADERS, 1, get("/"));
				case "continuations" -> frame(HEADERS, 0, 1, get("/"));
				case "frame" -> hex("0000");
				case "data" -> Http2Frames.join(frame(HEADERS, END_HEADERS, 1, get("/")), frame(1000, DATA, 0, 1));
				default -> new byte[0];
			});
			byte[] drip = what.equals("continuations") ? frame(CONTINUATION, 0, 1, block("a", "b".repeat(600)))
					: what.equals("preface") || what.equals("frame") ? new byte[0] : new byte[1];
			assertThat(closedAfter(client, drip)).isBetween(IDLE.minusMillis(50), Duration.ofSeconds(4));
		}
	}

	private static Duration closedAfter(RawClient client, byte[] drip) {
		long begin = System.nanoTime();
		boolean open = true;
		while (open && System.nanoTime() - begin < Duration.ofSeconds(8).toNanos()) {
			open = client.isOpenFor(Duration.ofMillis(100));
			try {
				client.send(drip);
			}
			catch (UncheckedIOException closed) {
				open = false;
			}
		}
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	@Test
	void requestWhenItsBodyHasNoEndIsResetAndConnectionInUse() {
		try (Http2Client client = Http2Client.on(RawClient.to(server.port()))) {
			client.send(frame(HEADERS, END_HEADERS, 1, get("/")), frame(DATA, 0, 1, new byte[3]));
			assertThat(client.answer(1)).isEqualTo(new Http2Client.Answer(0, "", CANCEL));

			client.request(3, get("/"));
			assertThat(client.answer(3).status()).isEqualTo(200);
		}
	}

	@Test
	void requestWhenAnswerComesLateIsAnswered() {
		try (Http2Client client = Http2Client.on(RawClient.to(server.port()))) {
			client.request(1, get("/late"));
			assertThat(client.answer(1)).isEqualTo(new Http2Client.Answer(200, "ok", 0));
		}
	}

	@Test
	void requestWhenAnswerIsNotReadIsReset() {
		try (Http2Client client = Http2Client.on(RawClient.to(server.port()))) {
			client.request(1, get("/large"));
			assertThat(client.answer(1).error()).isEqualTo(CANCEL);
		}
	}

	@Test
	void connectionWhenFramesOfOtherKindsKeepItBusyHasItsStreamsReset() {
		try (Http2Client client = Http2Client.on(RawClient.to(server.port()))) {
			client.send(frame(HEADERS, END_HEADERS, 1, get("/")));
			List<Integer> types = new ArrayList<>();
			for (Http2Client.Frame frame = client.read(); frame != null && types.size() < 2; frame = client.read()) {
				types.add(frame.type());
			}
			assertThat(types).containsExactly(RST_STREAM, GOAWAY);
		}
	}

}
