package io.htgateway.web;

import java.time.Duration;
import java.util.Locale;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cases of the public HTTP cache test suite about age, freshness and forwarding, named by
 * the suite's ids. <code>docs/http-cache-suite.md</code> lists all of its cases.
 */
@GatewayTest
class HttpCacheSuiteFreshnessTests extends HttpCacheSuite {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			age-parse-nonnumeric | abc | 0
			age-parse-negative | -7200 | 0
			age-parse-float | 7200.0 | 0
			age-parse-large-minus-one | 2147483647 | 2147483647
			age-parse-large | 2147483648 | 2147483648
			age-parse-larger | 2147483649 | 2147483648
			age-parse-larger | 99999999999999999999 | 2147483648
			age-parse-prefix | 0, 7200 | 0
			age-parse-suffix | 7200, 0 | 7200
			age-parse-dup-0 | 0, 0 | 0
			age-parse-parameter | 7200;foo=bar | 0
			age-parse-numeric-parameter | 7200;foo=111 | 0
			""")
	void ageWhenUpstreamSendsOneIsAddedIfItIsANumber(String id, String value, long age) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(BODY).withHeader("Age", value));

		assertThat(gateway.get(RISK).header("Age")).as(id).isEqualTo(Long.toString(age));
		clock.advance(Duration.ofSeconds(3));
		assertThat(ways.get(RISK).header("Age")).as(id).isEqualTo(Long.toString(age + 3));
		assertCalls(1);
	}

	@ParameterizedTest
	@CsvSource({ "age-parse-suffix-twoline, 7200, 0, 7200", "age-parse-prefix-twoline, 0, 7200, 0",
			"age-parse-dup-0-twoline, 0, 0, 0", "age-parse-dup-old, 3600, 3600, 3600", "no-number, old, 7200, 0" })
	void ageWhenUpstreamSendsTwoLinesIsTheFirstAndGrows(String id, String first, String second, long age) {
		upstream.answer(Endpoint.RISK,
				WireMock.okJson(BODY).withHeaders(new HttpHeaders(new HttpHeader("Age", first, second))));

		assertThat(gateway.get(RISK).header("Age")).as(id).isEqualTo(Long.toString(age));
		clock.advance(Duration.ofSeconds(3));
		assertThat(ways.get(RISK).header("Age")).as(id).isEqualTo(Long.toString(age + 3));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			freshness-none | none | none
			freshness-max-age | Cache-Control | max-age=3600
			freshness-max-age-max-minus-1 | Cache-Control | max-age=2147483647
			freshness-max-age-max | Cache-Control | max-age=2147483648
			freshness-max-age-max-plus-1 | Cache-Control | max-age=2147483649
			freshness-max-age-max-plus | Cache-Control | max-age=99999999999
			freshness-max-age-expires-invalid | Expires | 0
			freshness-max-age-extension | Cache-Control | foobar, max-age=3600
			freshness-max-age-case-insenstive | Cache-Control | MaX-aGe=3600
			freshness-s-maxage-shared | Cache-Control | s-maxage=3600
			freshness-max-age-s-maxage-shared-shorter | Cache-Control | max-age=1, s-maxage=3600
			cc-resp-must-revalidate-fresh | Cache-Control | max-age=10000, must-revalidate
			cc-resp-immutable-fresh | Cache-Control | max-age=10000, immutable
			pragma-response-no-cache | Pragma | no-cache
			pragma-response-extension | Pragma | unrecognised-extension
			other-set-cookie | Set-Cookie | a=b
			other-fresh-content-disposition-attachment | Content-Disposition | attachment; filename=a
			headers-store-Connection | Connection | close
			headers-store-Keep-Alive | Keep-Alive | timeout=5
			headers-store-Proxy-Authenticate | Proxy-Authenticate | Basic
			headers-store-Proxy-Authentication-Info | Proxy-Authentication-Info | a=b
			headers-store-Proxy-Authorization | Proxy-Authorization | Basic a
			headers-store-Proxy-Connection | Proxy-Connection | keep-alive
			headers-store-TE | TE | trailers
			headers-store-Upgrade | Upgrade | websocket
			""")
	void hitWhenUpstreamSendsHeaderIsReusedForConfiguredTimeWithoutIt(String id, @Nullable String name, String value) {
		ResponseDefinitionBuilder answer = WireMock.okJson(BODY);
		upstream.answer(Endpoint.RISK, (name != null) ? answer.withHeader(name, value) : answer);
		gateway.get(RISK);
		clock.advance(TTL.minusSeconds(1));

		Gateway.Response hit = ways.get(RISK);

		assertThat(hit.text()).as(id).isEqualTo(BODY);
		assertThat(hit.header("Cache-Control")).isEqualTo("max-age=300");
		assertThat(hit.headers().headerNames()).map((header) -> header.toLowerCase(Locale.ROOT))
			.containsExactlyInAnyOrder("accept-ranges", "age", "cache-control", "cache-status", "content-length",
					"content-type", "date", "etag", "vary");
		assertCalls(1);
	}

	@Test
	void headersOmitHeadersListedInConnection() {
		assertHidden("headers-omit-headers-listed-in-Connection", "Connection", "a, b");
	}

	@Test
	void headersOmitHeadersListedInCacheControlNoCache() {
		assertHidden("headers-omit-headers-listed-in-Cache-Control-no-cache", "Cache-Control", "no-cache=\"a, b\"");
	}

	private void assertHidden(String id, String name, String value) {
		upstream.answer(Endpoint.RISK,
				WireMock.okJson(BODY).withHeader(name, value).withHeader("a", "hidden").withHeader("b", "hidden"));
		gateway.get(RISK);

		assertThat(ways.get(RISK).everything()).as(id).doesNotContain("hidden");
	}

	@ParameterizedTest
	@CsvSource({ "freshness-max-age-stale, max-age=2", "cc-resp-must-revalidate-stale, 'max-age=2, must-revalidate'" })
	void responseWhenConfiguredTimeIsOverIsLoadedAgain(String id, String cacheControl) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(BODY).withHeader("Cache-Control", cacheControl));
		gateway.get(RISK);
		clock.advance(LONG_STALE);

		assertThat(gateway.get(RISK).header("Age")).as(id).isEqualTo("0");
		assertCalls(2);
	}

	@ParameterizedTest
	@CsvSource({ "stale-503, false", "stale-sie-503, false", "stale-close, true", "stale-sie-close, true" })
	void responseWhenLongStaleAndUpstreamFailsIsStaleWithoutWarning(String id, boolean closes) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(BODY).withHeader("Cache-Control", "max-age=2"));
		gateway.get(RISK);
		clock.advance(LONG_STALE);
		upstream.answer(Endpoint.RISK,
				closes ? WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE) : WireMock.status(503));

		Gateway.Response stale = gateway.get(RISK);

		assertThat(stale.text()).as(id).isEqualTo(BODY);
		assertThat(stale.header("Age")).isEqualTo("1200");
		assertThat(stale.headers().containsHeader("Warning")).as("stale-warning-become").isFalse();
		assertCalls(3);
	}

	@Test
	void staleWhileRevalidate() {
		gateway.get(RISK);
		clock.advance(TTL.plusMinutes(10).minusSeconds(1));

		assertThat(gateway.get(RISK).header("Cache-Status")).as("stale-while-revalidate")
			.endsWith("; hit; ttl=-599; detail=stale-while-revalidate");
		Awaitility.await().untilAsserted(() -> assertThat(gateway.get(RISK).header("Age")).isEqualTo("0"));
		assertCalls(2);
	}

	@Test
	void staleWhileRevalidateWindow() {
		gateway.get(RISK);
		clock.advance(TTL.plusMinutes(10));

		Gateway.Response fresh = gateway.get(RISK);

		assertThat(fresh.header("Age")).as("stale-while-revalidate-window").isEqualTo("0");
		assertThat(fresh.body()).isEqualTo(upstream.riskBody(16, 0, 5));
		assertCalls(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			other-age-gen | Cache-Control | max-age=3600
			other-age-update-max-age | Cache-Control | max-age=100
			other-age-update-expires | Expires | Fri, 01 Jan 2038 01:01:01 GMT
			other-date-update | Cache-Control | max-age=3600
			other-date-update-expires | Expires | Fri, 01 Jan 2038 01:01:01 GMT
			""")
	void hitWhenTimePassesHasGrowingAgeAndSameDate(String id, String name, String value) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(BODY).withHeader(name, value).withHeader("Age", "30"));
		Gateway.Response miss = gateway.get(RISK);
		clock.advance(Duration.ofSeconds(5));

		Gateway.Response hit = ways.get(RISK);

		assertThat(hit.header("Age")).as(id).isEqualTo("35");
		assertThat(hit.header("Date")).as(id).isEqualTo(miss.header("Date"));
		assertThat(hit.headers().containsHeader("Expires")).isFalse();
		assertCalls(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 410, 500, 502, 503, 504 })
	void failureIsNotReusedAfterItsTime(int status) {
		upstream.answer(Endpoint.RISK, WireMock.status(status).withHeader("Cache-Control", "max-age=3600"));
		assertThat(gateway.get(RISK).status()).as("status-" + status + "-stale").isGreaterThanOrEqualTo(400);
		upstream.answer(Endpoint.RISK, WireMock.okJson(BODY));
		clock.advance(Duration.ofSeconds(31));

		int failed = upstream.calls(Endpoint.RISK);
		assertThat(gateway.get(RISK).text()).isEqualTo(BODY);
		assertCalls(failed + 1);
	}

}
