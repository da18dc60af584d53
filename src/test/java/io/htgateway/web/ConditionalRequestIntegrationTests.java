package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conditional requests, and requests for headers only.
 */
@GatewayTest
class ConditionalRequestIntegrationTests {

	private static final String RISK = "/api/external/6/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = "/api/external/exports/coins/ETH/liquidation-heatmap";

	private static final String CHANGED = "Mon, 02 Nov 2026 08:00:00 GMT";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@ParameterizedTest
	@ValueSource(strings = { "%s", "W/%s", "\"a\", %s", "%s, \"a\"", "\"a\" ,\t W/\"b\" , %s , \"c\"", "*", " * ",
			"\"\",%s", "\"a,b\", %s", ", ,%s", "\"a\",, ,%s" })
	void requestWhenTagMatchesIsNotModified(String ifNoneMatch) {
		for (String target : List.of(RISK, HEATMAP)) {
			Gateway.Response full = gateway.get(target);
			clock.advance(Duration.ofSeconds(7));

			Gateway.Response response = ways.get(target, "If-None-Match", ifNoneMatch.formatted(full.header("ETag")));

			assertThat(response.status()).isEqualTo(304);
			assertThat(response.body()).isEmpty();
			assertThat(names(response)).containsExactlyInAnyOrder("etag", "cache-control", "date", "age", "vary",
					"cache-status");
			assertThat(response.header("ETag")).isEqualTo(full.header("ETag"));
			assertThat(response.header("Date")).isEqualTo(full.header("Date"));
			assertThat(response.header("Age")).isEqualTo("7");
			assertThat(response.header("Cache-Control")).isEqualTo("max-age=300");
			assertThat(response.header("Vary")).isEqualTo("Accept-Encoding");
			assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=293");
		}
		assertCalls(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"other\"", "%1$s-", "w/%1$s", "W\\%1$s", "W%1$s", "'%1$s", "a %1$s", "\"a\" %1$s",
			"\"\"", "garbage", ",", "\"", "W/", "**", "\"*\"" })
	void requestWhenTagDoesNotMatchGetsAll(String ifNoneMatch) {
		Gateway.Response full = gateway.get(RISK);

		Gateway.Response response = ways.get(RISK, "If-None-Match", ifNoneMatch.formatted(full.header("ETag")));

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(full.body());
	}

	@Test
	void requestWhenTagHasNoQuotesGetsAll() {
		String etag = gateway.get(RISK).header("ETag");

		assertThat(ways.get(RISK, "If-None-Match", etag.replace("\"", "")).status()).isEqualTo(200);
	}

	@Test
	void requestWhenTagsAreInSeveralFieldsIsNotModified() {
		String etag = gateway.get(RISK).header("ETag");

		assertThat(ways.get(RISK, "If-None-Match", "\"a\"", "If-None-Match", etag).status()).isEqualTo(304);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Mon, 02 Nov 2026 08:00:00 GMT | 304
			Mon, 02 Nov 2026 08:00:01 GMT | 304
			Tue, 02 Nov 2027 08:00:00 GMT | 304
			Mon, 02 Nov 2026 07:59:59 GMT | 200
			Monday, 02-Nov-26 08:00:00 GMT | 304
			Monday, 02-Nov-26 07:59:59 GMT | 200
			Mon Nov  2 08:00:00 2026 | 304
			Mon Nov  2 07:59:59 2026 | 200
			2026-11-02T08:00:00Z | 200
			yesterday | 200
			0 | 200
			""")
	void heatmapWhenDateIsGivenIsComparedWithThatOfTheStore(String since, int status) {
		changedAt(CHANGED);
		assertThat(gateway.get(HEATMAP).header("Last-Modified")).isEqualTo(CHANGED);

		assertThat(ways.get(HEATMAP, "If-Modified-Since", since).status()).isEqualTo(status);
		assertCalls(1);
	}

	@Test
	void requestWhenTagAndDateAreGivenIsDecidedByTag() {
		changedAt(CHANGED);
		String etag = gateway.get(HEATMAP).header("ETag");

		assertThat(ways.get(HEATMAP, "If-None-Match", "\"other\"", "If-Modified-Since", CHANGED).status())
			.isEqualTo(200);
		assertThat(
				ways.get(HEATMAP, "If-None-Match", etag, "If-Modified-Since", "Mon, 02 Nov 2020 08:00:00 GMT").status())
			.isEqualTo(304);
		assertThat(ways.get(HEATMAP, "If-None-Match", "garbage", "If-Modified-Since", CHANGED).status()).isEqualTo(200);
	}

	@Test
	void riskWhenDateIsGivenGetsAllSinceItHasNone() {
		Gateway.Response full = gateway.get(RISK);

		assertThat(full.headers().containsHeader("Last-Modified")).isFalse();
		assertThat(ways.get(RISK, "If-Modified-Since", full.header("Date")).status()).isEqualTo(200);
	}

	@Test
	void requestWhenMissedAndTagMatchesIsNotModified() {
		String etag = gateway.get(RISK).header("ETag");
		Gateway.Response other = gateway.get(RISK.replace("/6/", "/7/"), "If-None-Match", etag);
		assertThat(other.status()).isEqualTo(200);
		clock.advance(Duration.ofSeconds(312));

		Gateway.Response stale = gateway.get(RISK, "If-None-Match", etag);

		assertThat(stale.status()).isEqualTo(304);
		assertThat(stale.header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=-12; detail=stale-while-revalidate");
		assertThat(names(stale)).containsExactlyInAnyOrder("etag", "cache-control", "date", "age", "vary",
				"cache-status");
	}

	@Test
	void coldRequestWhenTagIsStarIsNotModifiedAndStored() {
		Gateway.Response cold = gateway.get(RISK, "If-None-Match", "*");

		assertThat(cold.status()).isEqualTo(304);
		assertThat(cold.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");
		assertThat(upstream.requests(Endpoint.RISK).getFirst().containsHeader("If-None-Match")).isFalse();
		assertThat(ways.get(RISK).body()).isEqualTo(upstream.riskBody(6, 0, 20));
		assertCalls(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void headHasHeadersOfGetWithoutBodyOnBothPaths(String target) {
		Gateway.Response miss = gateway.head(target);
		assertThat(miss.header("Cache-Status")).isEqualTo("hypertracker-gateway; fwd=uri-miss; stored");

		Gateway.Response get = ways.get(target);
		Gateway.Response head = ways.both("HEAD", target);

		assertThat(head.status()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(head.headers()).isEqualTo(get.headers());
		assertThat(miss.header("Content-Length")).isEqualTo(head.header("Content-Length"))
			.isEqualTo(Integer.toString(get.body().length));
		assertThat(gateway.raw("HEAD", target)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
		assertCalls(1);
	}

	@Test
	void headWhenConditionalIsAsGet() {
		String etag = gateway.get(RISK).header("ETag");

		Gateway.Response head = ways.both("HEAD", RISK, "If-None-Match", etag);

		assertThat(head.status()).isEqualTo(304);
		assertThat(head.headers()).isEqualTo(ways.get(RISK, "If-None-Match", etag).headers());
	}

	@Test
	void notModifiedEndsWithItsHeadersOnTheWire() {
		gateway.get(RISK);
		String request = "GET " + RISK + " HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n";
		try (RawClient client = RawClient.of(gateway)) {
			for (String accept : Stream.of("application/json;q=0.9", "*/*").toList()) {
				client.send(request + "Accept: " + accept + "\r\n\r\n");
				assertThat(client.readHead()).startsWith("HTTP/1.1 304 ")
					.doesNotContainIgnoringCase("transfer-encoding");
			}
			client.send("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
		}
	}

	private void changedAt(String date) {
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.ok().withHeader("Last-Modified", date).withBody("{\"coin\":\"ETH\",\"heatmap\":[]}"));
	}

	private void assertCalls(int each) {
		assertThat(List.of(upstream.calls(Endpoint.RISK), upstream.calls(Endpoint.HEATMAP)))
			.allSatisfy((calls) -> assertThat(calls).isLessThanOrEqualTo(each))
			.contains(each);
	}

	private static List<String> names(Gateway.Response response) {
		return response.headers().headerNames().stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList();
	}

}
