package io.htgateway.web;

import java.time.Duration;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.htgateway.web.Http2Frames.block;
import static io.htgateway.web.Http2Frames.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Limits of requests, the same over HTTP/1.1 and HTTP/2.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class RequestLimitsIntegrationTests {

	private static final String RISK = "/api/external/9/assets/liquidation-risk";

	private static final String START = "GET " + RISK + " HTTP/1.1\r\n";

	private static final int PROTOCOL_ERROR = 1;

	private static final int NO_ERROR = 0;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	static Stream<Arguments> requests() {
		String filler = "x".repeat(490);
		return Stream.of(same("plain", 200, START + "Host: a\r\n", get(RISK)),
				same("host name in capitals", 200, START + "Host: A.b:80\r\n", request("GET", "A.b:80", RISK)),
				same("Host alone", 200, START + "Host: a\r\n", request("GET", null, RISK, "host", "a")),
				same("Host that repeats", 200, START + "Host: a\r\n", request("GET", "a", RISK, "host", "a")),
				same("TE: trailers", 200, START + "Host: a\r\nTE: trailers\r\n", get(RISK, "te", "trailers")),
				same("long headers", 200, START + "Host: a\r\nx: " + "x".repeat(7_900) + "\r\n",
						get(RISK, "x", "x".repeat(7_900))),
				same("long line", 400, "GET " + RISK + "?a=" + "x".repeat(7_900) + " HTTP/1.1\r\nHost: a\r\n",
						get(RISK + "?a=" + "x".repeat(7_900))),
				same("long line and headers", 400,
						"GET " + RISK + "?a=" + "x".repeat(7_900) + " HTTP/1.1\r\nHost: a\r\nx: " + "x".repeat(7_900)
								+ "\r\n",
						get(RISK + "?a=" + "x".repeat(7_900), "x", "x".repeat(7_900))),
				same("line too long", 414, "GET " + RISK + "?a=" + "x".repeat(8_300) + " HTTP/1.1\r\nHost: a\r\n",
						get(RISK + "?a=" + "x".repeat(8_300))),
				same("header too long", 431, START + "Host: a\r\nx: " + "x".repeat(8_300) + "\r\n",
						get(RISK, "x", "x".repeat(8_300))),
				same("headers far too long", 431, START + "Host: a\r\n" + ("x: " + filler + "\r\n").repeat(52),
						get(RISK, repeated(filler, 52))),
				same("too many headers", 431, START + "Host: a\r\n" + ("x: " + filler + "\r\n").repeat(17),
						get(RISK, repeated(filler, 17))),
				same("no host", 400, START, request("GET", null, RISK)),
				same("userinfo", 400, START + "Host: a@b\r\n", request("GET", "a@b", RISK)),
				same("userinfo in Host", 400, START + "Host: a@b\r\n", request("GET", null, RISK, "host", "a@b")),
				same("list of hosts", 400, START + "Host: a, b\r\n", request("GET", "a, b", RISK)),
				same("path in host", 400, START + "Host: a/b\r\n", request("GET", "a/b", RISK)),
				same("two hosts", 400, START + "Host: a\r\nHost: b\r\n",
						request("GET", null, RISK, "host", "a", "host", "b")),
				same("other host", 400, START + "Host: a\r\nHost: b\r\n", request("GET", "a", RISK, "host", "b")),
				same("fragment", 400, "GET " + RISK + "#a HTTP/1.1\r\nHost: a\r\n", get(RISK + "#a")),
				same("asterisk", 400, "GET * HTTP/1.1\r\nHost: a\r\n", get("*")),
				same("no slash", 400, "GET api HTTP/1.1\r\nHost: a\r\n", get("api")),
				same("no URI", 400, "GET /a|{b HTTP/1.1\r\nHost: a\r\n", get("/a|{b")),
				same("bad encoding", 400, "GET /a%zz HTTP/1.1\r\nHost: a\r\n", get("/a%zz")),
				same("two slashes", 400, "GET //api HTTP/1.1\r\nHost: a\r\n", get("//api")),
				same("not ASCII", 400, "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n", get("/\u00e9")),
				same("POST", 405, "POST " + RISK + " HTTP/1.1\r\nHost: a\r\n", request("POST", "a", RISK)),
				same("TRACE", 405, "TRACE " + RISK + " HTTP/1.1\r\nHost: a\r\n", request("TRACE", "a", RISK)),
				same("BREW", 405, "BREW " + RISK + " HTTP/1.1\r\nHost: a\r\n", request("BREW", "a", RISK)),
				same("get", 405, "get " + RISK + " HTTP/1.1\r\nHost: a\r\n", request("get", "a", RISK)),
				same("OPTIONS *", 405, "OPTIONS * HTTP/1.1\r\nHost: a\r\n", request("OPTIONS", "a", "*")),
				same("CONNECT", 400, "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n",
						block(":method", "CONNECT", ":authority", "a:80")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("requests")
	void requestIsAnsweredAlikeInBothProtocols(String what, int status, String http1, byte[] http2,
			CapturedOutput output) {
		int before = output.length();
		try (RawClient client = RawClient.of(gateway)) {
			client.send(http1 + "Connection: close\r\n\r\n");
			assertThat(client.readToEnd()).as(what).startsWith("HTTP/1.1 " + status + " ");
		}
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.request(1, http2);
			assertThat(client.answer(1).status()).as(what).isEqualTo(status);
			assertThat(client.ask(3, RISK).status()).isEqualTo(200);
		}
		assertThat(Http2Attack.linesIn(output.toString().substring(before))).isEmpty();
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	static Stream<Arguments> malformed() {
		return Stream.of(arguments("two methods", join(get(RISK), block(":method", "GET"))),
				arguments("two paths", join(get(RISK), block(":path", RISK))),
				arguments("two schemes", join(get(RISK), block(":scheme", "http"))),
				arguments("two authorities", join(get(RISK), block(":authority", "a"))),
				arguments("unknown", join(get(RISK), block(":unknown", "a"))),
				arguments("of a response", join(get(RISK), block(":status", "200"))),
				arguments("status first", join(block(":status", "200"), get(RISK))),
				arguments("protocol", join(get(RISK), block(":protocol", "websocket"))),
				arguments("extended CONNECT", join(request("CONNECT", "a", RISK), block(":protocol", "websocket"))),
				arguments("CONNECT with path", request("CONNECT", "a", RISK)),
				arguments("CONNECT without authority", block(":method", "CONNECT")),
				arguments("no method", block(":scheme", "http", ":authority", "a", ":path", RISK)),
				arguments("no path", block(":method", "GET", ":scheme", "http", ":authority", "a")),
				arguments("no scheme", block(":method", "GET", ":authority", "a", ":path", RISK)),
				arguments("nothing", block()), arguments("empty method", request("", "a", RISK)),
				arguments("empty authority", request("GET", "", RISK)),
				arguments("empty path", request("GET", "a", "")), arguments("no token", request("GE T", "a", RISK)),
				arguments("space in path", get("/a b")), arguments("line break in path", get("/a\r\nX: y")),
				arguments("other scheme", block(":method", "GET", ":scheme", "ftp", ":authority", "a", ":path", RISK)),
				arguments("late", join(block("a", "b"), get(RISK))), arguments("Upper", get(RISK, "Upper", "b")),
				arguments("empty name", get(RISK, "", "b")), arguments("space in name", get(RISK, "a b", "c")),
				arguments("colon in name", get(RISK, "a:b", "c")),
				arguments("line break in value", get(RISK, "a", "b\r\nX-B: c")),
				arguments("zero in value", get(RISK, "a", "b\0c")),
				arguments("connection", get(RISK, "connection", "close")),
				arguments("keep-alive", get(RISK, "keep-alive", "timeout=5")),
				arguments("proxy-connection", get(RISK, "proxy-connection", "close")),
				arguments("transfer-encoding", get(RISK, "transfer-encoding", "chunked")),
				arguments("upgrade", get(RISK, "upgrade", "websocket")), arguments("te", get(RISK, "te", "gzip")),
				arguments("length", get(RISK, "content-length", "5")),
				arguments("two lengths", get(RISK, "content-length", "0", "content-length", "5")),
				arguments("length that is none", get(RISK, "content-length", "-1")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	void requestWhenMalformedHasItsStreamReset(String what, byte[] request, CapturedOutput output) {
		int before = output.length();
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.request(1, request);
			assertThat(client.answer(1)).as(what).isEqualTo(new Http2Client.Answer(0, "", PROTOCOL_ERROR));
			assertThat(upstream.calls(Endpoint.RISK)).isZero();

			assertThat(client.ask(3, RISK).status()).isEqualTo(200);
		}
		assertThat(Http2Attack.linesIn(output.toString().substring(before))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "5" })
	void requestWhenBodyHasAnotherLengthIsReset(String length, CapturedOutput output) {
		int before = output.length();
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(
					Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1,
							request("POST", "a", RISK, "content-length", length)),
					Http2Frames.frame(Http2Frames.DATA, Http2Frames.END_STREAM, 1, new byte[4]));
			assertThat(client.answer(1).isRefused()).isTrue();
			assertThat(client.ask(3, RISK).status()).isEqualTo(200);
		}
		assertThat(Http2Attack.linesIn(output.toString().substring(before))).isEmpty();
	}

	@Test
	void requestWhenItHasBodyAndTrailersIsAnswered() {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, get(RISK)),
					Http2Frames.frame(Http2Frames.DATA, 0, 1, new byte[4]),
					Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, 1,
							block("a", "b", "authorization", "c", "host", "d")));
			assertThat(client.answer(1).status()).isEqualTo(200);
			assertThat(client.ask(3, RISK).status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void requestWhenBodyGoesOnAfterTheAnswerHasItsStreamReset(String method) {
		for (int port : new int[] { gateway.port(), gateway.managementPort() }) {
			String target = (port == gateway.port()) ? RISK : "/actuator/health";
			try (Http2Client client = Http2Client.on(RawClient.to(port))) {
				client.send(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1,
						request(method, "a", target)));
				assertThat(client.sendBody(1, 10_000_000)).isBetween(60_000, 200_000);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Transfer-Encoding: chunked\r\n\r\nzz canary-9f\r\n",
			"Transfer-Encoding: chunked\r\n\r\n-1\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdecanary-9f\r\n\r\n",
			"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n", "Transfer-Encoding: gzip\r\n\r\ncanary-9f",
			"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: canary-9f\r\n\r\n",
			"Connection: Upgrade\r\nUpgrade: TLS/1.0\r\n\r\n", "Content-Length: 3\r\n\r\n", "canary-9f\r\n\r\n",
			"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\ncanary-9f" })
	void requestWhenBrokenOverHttp11EndsQuietly(String rest, CapturedOutput output) {
		int before = output.length();
		try (RawClient client = RawClient.of(gateway)) {
			client.send(START + "Host: a\r\nAuthorization: Bearer canary-9f\r\n" + rest);
			client.isOpenFor(Duration.ofMillis(150));
			client.reset();
		}
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			assertThat(client.ask(1, RISK).status()).isEqualTo(200);
		}
		String log = output.toString().substring(before);
		assertThat(Http2Attack.linesIn(log)).hasSizeLessThanOrEqualTo(1);
		assertThat(log).doesNotContain("canary-9f");
	}

	@Test
	void refusalIsInAccessLog(CapturedOutput output) {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.request(1, get(RISK, "authorization", "Bearer canary-9f" + "x".repeat(8_300)));
			assertThat(client.answer(1)).isEqualTo(new Http2Client.Answer(431, "", NO_ERROR));
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(output.toString()
				.lines()
				.filter((line) -> line.contains("io.htgateway.access") && line.contains("status=431"))).hasSize(1));
		assertThat(output).doesNotContain("canary-9f");
	}

	private static Arguments same(String what, int status, String http1, byte[] http2) {
		return arguments(what, status, http1, http2);
	}

	private static byte[] get(String target, String... more) {
		return Http2Frames.get(target, more);
	}

	private static byte[] request(String method, @Nullable String authority, String target, String... more) {
		byte[] host = (authority != null) ? block(":authority", authority) : new byte[0];
		return join(block(":method", method, ":scheme", "http"), host, block(":path", target), block(more));
	}

	private static String[] repeated(String value, int times) {
		String[] fields = new String[2 * times];
		for (int index = 0; index < fields.length; index += 2) {
			fields[index] = "x";
			fields[index + 1] = value;
		}
		return fields;
	}

}
