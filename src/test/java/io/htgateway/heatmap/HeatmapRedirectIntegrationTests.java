package io.htgateway.heatmap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.ScriptedServer;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Targets of links and redirects, byte for byte as the store receives them, and their
 * maximum length.
 */
@SecurityTest
@GatewayTest
class HeatmapRedirectIntegrationTests {

	private static final String ADA = "/api/external/exports/coins/ADA/liquidation-heatmap";

	private static final String FILE = "{\"coin\":\"ADA\",\"heatmap\":[1]}";

	private static final int LIMIT = 32 * 1024;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			?end=1          | /dir/start?end=1
			?               | /dir/start?
			#end            | /dir/start?a=b
			end             | /dir/end
			./end?x#y       | /dir/end?x
			../end          | /end
			../../../end/.  | /end/
			/a/./b/../c?d   | /a/c?d
			;x=1/../y       | /dir/y
			a:1/b           | NONE
			2026-11:1       | NONE
			./2026-11:1     | /dir/2026-11:1
			/a//b           | /a//b
			/a/%2e%2e/b     | /a/%2e%2e/b
			/a%2Fb?c=%2f%7e | /a%2Fb?c=%2f%7e
			{origin}/a/../b | /a/../b
			{origin}?x=1    | /?x=1
			//{host}/a/../b | /b
			""")
	void redirectOfStoreIsResolvedAgainstTheRequest(String location, String target) {
		try (ScriptedServer store = redirecting("/dir/start?a=b", location)) {
			upstream.answer(Endpoint.HEATMAP, redirect(store.origin() + "/dir/start?a=b"));

			Gateway.Response response = gateway.get(ADA);

			if (target.equals("NONE")) {
				Problems.check(response, 502, Problems.OWN + "upstream-failed");
				assertThat(store.targets()).hasSize(1);
			}
			else if (target.equals("/dir/start?a=b")) {
				assertThat(store.targets()).containsOnly(target).hasSize(3);
			}
			else {
				assertThat(response.text()).isEqualTo(FILE);
				assertThat(store.targets()).containsExactly("/dir/start?a=b", target);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "?end=1, /api/external/exports/coins/ADA/liquidation-heatmap?end=1",
			"x, /api/external/exports/coins/ADA/x", "../x?y, /api/external/exports/coins/x?y", "/x, /x" })
	void redirectOfUpstreamIsResolvedAgainstTheRequestAndFollowedWithoutKey(String location, String target) {
		upstream.answerNext(Endpoint.HEATMAP, 1, redirect(location));
		upstream.answer(Endpoint.HEATMAP, WireMock.okJson(FILE));

		Gateway.Response response = gateway.get(ADA);

		if (target.startsWith(ADA)) {
			assertThat(response.text()).isEqualTo(FILE);
			assertThat(upstream.requests(Endpoint.HEATMAP)).extracting((request) -> request.getUrl())
				.containsExactly(ADA, target);
			assertThat(upstream.requests(Endpoint.HEATMAP).getLast().containsHeader("Authorization")).isFalse();
		}
		else {
			// No server listens there.
			Problems.check(response, 404, Problems.OWN + "upstream-rejected");
		}
	}

	// The raw link, and the target that the store must receive.
	static Stream<Arguments> rawLinks() {
		return Stream.of(Arguments.of("/a b?c d", "/a%20b?c%20d"), Arguments.of("/a|b?c|d", "/a%7Cb?c%7Cd"),
				Arguments.of("/a\"b?c\"d", "/a%22b?c%22d"), Arguments.of("/{a}?{b}", "/%7Ba%7D?%7Bb%7D"),
				Arguments.of("/a^b?c^d", "/a%5Eb?c%5Ed"), Arguments.of("/a`b?c`d", "/a%60b?c%60d"),
				Arguments.of("/<a>?<b>", "/%3Ca%3E?%3Cb%3E"), Arguments.of("/a\\b?c\\d", "/a%5Cb?c%5Cd"),
				Arguments.of("/[a]?x[]=1", "/%5Ba%5D?x[]=1"), Arguments.of("/100%?b=5%", "/100%25?b=5%25"),
				Arguments.of("/%zz?%4", "/%25zz?%254"),
				Arguments.of("/\u00e9\u20ac?\ud83d\ude00", "/%C3%A9%E2%82%AC?%F0%9F%98%80"),
				Arguments.of("/a%20b c?sig=a%2Fb%2f+~'(*)!", "/a%20b%20c?sig=a%2Fb%2f+~'(*)!"),
				Arguments.of("/a?b?c=d&e=f;g", "/a?b?c=d&e=f;g"));
	}

	@ParameterizedTest
	@MethodSource("rawLinks")
	void linkWhenRawIsEncodedAndElseLeftAsItIs(String raw, String target) {
		try (ScriptedServer store = redirecting("/start", raw)) {
			upstream.answer(Endpoint.HEATMAP, redirect(store.origin() + "/start"));
			assertThat(gateway.get(ADA).text()).isEqualTo(FILE);

			clock.advance(Duration.ofMinutes(20));
			upstream.answer(Endpoint.HEATMAP, WireMock
				.okJson("{\"url\":\"" + store.origin() + raw.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}"));
			assertThat(gateway.get(ADA).header("Age")).isEqualTo("0");

			assertThat(store.targets()).containsExactly("/start", target, target);
		}
	}

	@Test
	void linkWhenBytesAreNoUtf8IsEncodedByteForByte() {
		try (ScriptedServer store = ScriptedServer.talking((target, out) -> {
			if (target.equals("/start")) {
				out.write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /caf\u00e9?\u00ff\r\n\r\n"
					.getBytes(StandardCharsets.ISO_8859_1));
			}
			else {
				file(out);
			}
		})) {
			upstream.answer(Endpoint.HEATMAP, redirect(store.origin() + "/start"));

			assertThat(gateway.get(ADA).text()).isEqualTo(FILE);
			assertThat(store.targets()).containsExactly("/start", "/caf%E9?%FF");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\u0000", "\\r\\nX: y", "\\n", "\\t", "\\u007f", "\\ud800" })
	void linkWhenItHasControlCharactersIsRefused(String character) {
		String link = upstream.storeBaseUrl() + "/a" + character + "b";
		upstream.answer(Endpoint.HEATMAP, WireMock.okJson("{\"url\":\"" + link + "\"}"));

		assertThat(Problems.check(gateway.get(ADA), 502, Problems.OWN + "upstream-failed").path("detail").asString())
			.isEqualTo("the upstream sent a link that is not a URI");
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 8_300, 16_000, 32_000 })
	void linkWhenLongIsFollowedWhereverItComesFrom(int length) {
		try (ScriptedServer store = ScriptedServer.talking((target, out) -> {
			if (target.startsWith("/start")) {
				out.write(("HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: /" + "b".repeat(length) + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			}
			else {
				file(out);
			}
		})) {
			String link = store.origin() + "/start?" + "a".repeat(length);
			for (ResponseDefinitionBuilder answer : List.of(redirect(link), json(link))) {
				upstream.answer(Endpoint.HEATMAP, answer);
				assertThat(gateway.get(ADA).text()).isEqualTo(FILE);
				clock.advance(Duration.ofMinutes(20));
			}
			assertThat(store.targets()).extracting(String::length)
				.containsExactly(length + 7, length + 1, length + 7, length + 1);
		}
	}

	// Thirty failures would open a breaker that counted them.
	@ParameterizedTest
	@MethodSource("longHeads")
	void headOfStoreWhenOverLimitIsNamedAndNoFailureOfTheConnection(String head, String reason) {
		try (ScriptedServer store = ScriptedServer.answering(head, new byte[0])) {
			upstream.answerNext(Endpoint.HEATMAP, 30, redirect(store.origin() + "/start"));
			for (int call = 1; call <= 30; call++) {
				Gateway.Response response = gateway.get(ADA);

				assertThat(Problems.check(response, 502, Problems.OWN + "upstream-failed").path("detail").asString())
					.isEqualTo("the object store sent " + reason);
				assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss");
				assertThat(store.targets()).hasSize(call);
				clock.advance(Duration.ofMinutes(10));
			}
		}
		assertThat(gateway.get(ADA).body()).isEqualTo(upstream.heatmapBody("ADA"));
	}

	static Stream<Arguments> longHeads() {
		String headers = "response headers over the limit of 32 KB";
		String line = "a status line or a chunk header over the limit of 4 KB";
		return Stream.of(
				Arguments.of("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: /" + "a".repeat(LIMIT), headers),
				Arguments.of("HTTP/1.1 200 OK\nContent-Length: 0" + ("\nX-Some: " + "a".repeat(60)).repeat(600),
						headers),
				Arguments.of("HTTP/1.1 403 Forbidden\nX-Some: " + "a".repeat(LIMIT), headers),
				Arguments.of("HTTP/1.1 200 " + "a".repeat(5_000), line),
				Arguments.of("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5;" + "a".repeat(5_000), line), Arguments
					.of("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\nX-Some: " + "a".repeat(LIMIT), headers));
	}

	@Test
	void linkInJsonWhenOverLimitIsRefused() {
		upstream.answer(Endpoint.HEATMAP, json(upstream.storeBaseUrl() + "/" + "a".repeat(LIMIT)));

		assertThat(Problems.check(gateway.get(ADA), 502, Problems.OWN + "upstream-failed").path("detail").asString())
			.isEqualTo("the upstream sent a link over the limit of 32 KB");
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isZero();
	}

	private static ScriptedServer redirecting(String start, String location) {
		AtomicReference<ScriptedServer> self = new AtomicReference<>();
		self.set(ScriptedServer.talking((target, out) -> {
			if (target.equals(start)) {
				String origin = Objects.requireNonNull(self.get()).origin();
				String own = location.replace("{origin}", origin).replace("{host}", origin.substring(7));
				out.write(("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: " + own
						+ "\r\n\r\n")
					.getBytes(StandardCharsets.UTF_8));
			}
			else {
				file(out);
			}
		}));
		return self.get();
	}

	private static void file(OutputStream out) throws IOException {
		out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + FILE.length() + "\r\n\r\n" + FILE)
			.getBytes(StandardCharsets.US_ASCII));
	}

	private static ResponseDefinitionBuilder redirect(String location) {
		return WireMock.status(302).withHeader("Location", location);
	}

	private static ResponseDefinitionBuilder json(String link) {
		return WireMock.okJson("{\"url\":\"" + link + "\"}");
	}

}
