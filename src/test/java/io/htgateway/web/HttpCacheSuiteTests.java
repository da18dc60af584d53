package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.ScriptedServer;
import io.htgateway.testing.Ways;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the public HTTP cache test suite asks of caches, by its ids, as far as it concerns
 * endpoints whose freshness is configured: see <code>docs/http-cache-suite.md</code>.
 */
@GatewayTest
class HttpCacheSuiteTests {

	private static final String RISK = "/api/external/16/assets/liquidation-risk?limit=5";

	private static final String HEATMAP = "/api/external/exports/coins/LINK/liquidation-heatmap";

	private static final String BODY = "{\"totalCount\":0,\"items\":[]}";

	private static final String CHANGED = "Wed, 01 Jan 2020 00:00:00 GMT";

	private static final Duration TTL = Duration.ofMinutes(5);

	private static final Duration LONG_STALE = Duration.ofMinutes(20);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			age-parse-nonnumeric | abc | 0
			age-parse-negative | -7200 | 0
			age-parse-float | 7200.0 | 0
			age-parse-large-minus-one | 2147483647 | 2147483647
			age-parse-large | 2147483648 | 2147483648
			age-parse-larger | 2147483649 | 2147483648
			age-parse-larger | 99999999999999999999 | 2147483648
			age-parse-prefix | 0, old | 0
			age-parse-suffix | old, 0 | 0
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
	@CsvSource({ "age-parse-suffix-twoline, old, 0", "age-parse-prefix-twoline, 0, old",
			"age-parse-dup-0-twoline, 0, 0", "age-parse-dup-old, not_old, not_old" })
	void ageWhenUpstreamSendsTwoLinesIsNeverNegativeAndGrows(String id, String first, String second) {
		upstream.answer(Endpoint.RISK,
				WireMock.okJson(BODY).withHeaders(new HttpHeaders(new HttpHeader("Age", first, second))));

		assertThat(gateway.get(RISK).header("Age")).as(id).isEqualTo("0");
		clock.advance(Duration.ofSeconds(3));
		assertThat(ways.get(RISK).header("Age")).as(id).isEqualTo("3");
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
	@CsvSource({ "freshness-max-age-stale, max-age=2", "cc-resp-must-revalidate-stale, 'max-age=2, must-revalidate'",
			"cc-resp-immutable-stale, 'max-age=2, immutable'" })
	void responseWhenConfiguredTimeIsOverIsLoadedAgain(String id, String cacheControl) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(BODY).withHeader("Cache-Control", cacheControl));
		gateway.get(RISK);
		clock.advance(LONG_STALE);

		assertThat(gateway.get(RISK).header("Age")).as(id).isEqualTo("0");
		assertCalls(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ccreq-ma0 | Cache-Control | max-age=0
			ccreq-ma1 | Cache-Control | max-age=1
			ccreq-magreaterage | Cache-Control | max-age=150
			ccreq-min-fresh | Cache-Control | min-fresh=200
			ccreq-no-cache | Cache-Control | no-cache
			ccreq-no-store | Cache-Control | no-store
			ccreq-max-stale | Cache-Control | max-stale=1000
			pragma-request-no-cache | Pragma | no-cache
			pragma-request-extension | Pragma | unrecognised-extension
			other-cookie | Cookie | a=b
			vary-cache-key | Foo | 1
			""")
	void hitWhenClientSendsHeaderIsHit(String id, String name, String value) {
		gateway.get(RISK);
		clock.advance(Duration.ofSeconds(200));

		Gateway.Response hit = ways.get(RISK, name, value);

		assertThat(hit.header("Cache-Status")).as(id).isEqualTo("hypertracker-gateway; hit; ttl=100");
		assertCalls(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			conditional-etag-strong-respond | %s | 304
			conditional-304-etag | %s | 304
			conditional-etag-weak-respond | W/%s | 304
			conditional-etag-weak-respond-lowercase | w/%s | 200
			conditional-etag-weak-respond-backslash | W\\%s | 200
			conditional-etag-weak-respond-omit-slash | W%s | 200
			conditional-etag-strong-respond-multiple-first | %s, "b", "c" | 304
			conditional-etag-strong-respond-multiple-second | "a", %s, "c" | 304
			conditional-etag-strong-respond-multiple-last | "a", "b", %s | 304
			conditional-etag-strong-respond-obs-text | "a\u00e4", %s | 304
			""")
	void hitWhenClientSendsTagIsComparedWeakly(String id, String ifNoneMatch, int status) {
		String etag = gateway.get(RISK).header("ETag");

		Gateway.Response response = ways.get(RISK, "If-None-Match", ifNoneMatch.formatted(etag));

		assertThat(response.status()).as(id).isEqualTo(status);
		assertThat(response.header("ETag")).as(id).isEqualTo(etag);
		assertCalls(1);
	}

	@Test
	void conditionalEtagQuotedRespondUnquoted() {
		String etag = gateway.get(RISK).header("ETag");

		assertThat(ways.get(RISK, "If-None-Match", etag.replace("\"", "")).status())
			.as("conditional-etag-quoted-respond-unquoted")
			.isEqualTo(200);
	}

	@Test
	void conditionalEtagPrecedence() {
		heatmapChangedAt(CHANGED);
		String etag = gateway.get(HEATMAP).header("ETag");

		assertThat(
				ways.get(HEATMAP, "If-None-Match", etag, "If-Modified-Since", "Fri, 01 Jan 2010 00:00:00 GMT").status())
			.as("conditional-etag-precedence")
			.isEqualTo(304);
		assertThat(ways.get(HEATMAP, "If-None-Match", "\"x\"", "If-Modified-Since", CHANGED).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "conditional-etag-forward, '\"abc\"'", "conditional-etag-forward-unquoted, abc" })
	void coldRequestWhenItHasTagIsForwardedWithoutIt(String id, String ifNoneMatch) {
		assertThat(gateway.get(RISK, "If-None-Match", ifNoneMatch).status()).as(id).isEqualTo(200);

		assertThat(upstream.requests(Endpoint.RISK)).singleElement()
			.satisfies((request) -> assertThat(request.containsHeader("If-None-Match")).isFalse());
	}

	@ParameterizedTest
	@CsvSource({ "conditional-etag-strong-generate, '\"abcdef\"'",
			"conditional-etag-weak-generate-weak, 'W/\"abcdef\"'" })
	void heatmapWhenStaleIsValidatedWithTagOfTheStore(String id, String etag) {
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				WireMock.ok().withHeader("ETag", etag).withBody("{\"coin\":\"LINK\",\"heatmap\":[]}"));
		Gateway.Response old = gateway.get(HEATMAP);
		clock.advance(LONG_STALE);
		upstream.answerNext(Endpoint.DOWNLOAD, 1, WireMock.status(304).withHeader("ETag", etag));

		Gateway.Response confirmed = gateway.get(HEATMAP);

		assertThat(upstream.requests(Endpoint.DOWNLOAD)).extracting((request) -> request.getHeader("If-None-Match"))
			.as(id)
			.containsExactly(null, etag);
		assertThat(confirmed.body()).isEqualTo(old.body());
		assertThat(confirmed.header("ETag")).isEqualTo(old.header("ETag"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			conditional-lm-fresh | Wed, 01 Jan 2020 00:00:00 GMT
			conditional-lm-fresh-earlier | Thu, 02 Jan 2020 00:00:00 GMT
			conditional-lm-fresh-rfc850 | Wednesday, 01-Jan-20 00:00:00 GMT
			""")
	void heatmapWhenUnchangedSinceDateIsNotModified(String id, String since) {
		heatmapChangedAt(CHANGED);
		gateway.get(HEATMAP);

		assertThat(ways.get(HEATMAP, "If-Modified-Since", since).status()).as(id).isEqualTo(304);
	}

	@Test
	void conditionalLmStale() {
		heatmapChangedAt(CHANGED);
		gateway.get(HEATMAP);
		clock.advance(LONG_STALE);

		assertThat(gateway.get(HEATMAP, "If-Modified-Since", CHANGED).status()).as("conditional-lm-stale")
			.isEqualTo(304);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(2);
	}

	@Test
	void lastModifiedWhenStoreAnswers304WithoutItIsKept() {
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				WireMock.ok()
					.withHeader("ETag", "\"a\"")
					.withHeader("Last-Modified", CHANGED)
					.withBody("{\"coin\":\"LINK\",\"heatmap\":[]}"));
		gateway.get(HEATMAP);
		clock.advance(LONG_STALE);
		upstream.answerNext(Endpoint.DOWNLOAD, 1, WireMock.status(304));

		assertThat(gateway.get(HEATMAP).header("Last-Modified")).as("304-lm-use-stored-Test-Header").isEqualTo(CHANGED);
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
		assertCalls(2);
	}

	@Test
	void staleWhileRevalidate() {
		gateway.get(RISK);
		clock.advance(TTL.plusMinutes(10).minusSeconds(1));

		assertThat(gateway.get(RISK).header("Cache-Status")).as("stale-while-revalidate")
			.endsWith("; hit; ttl=-599; detail=stale-while-revalidate");
		Awaitility.await().until(() -> gateway.get(RISK).header("Age").equals("0"));
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

	@Test
	void queryArgsDifferent() {
		String other = RISK.replace("limit=5", "limit=6");
		gateway.get(RISK);
		gateway.get(other);

		assertThat(ways.get(other).body()).as("query-args-different").isEqualTo(upstream.riskBody(16, 0, 6));
		assertThat(ways.get(RISK).body()).isEqualTo(upstream.riskBody(16, 0, 5));
	}

	@Test
	void queryArgsSame() {
		gateway.get(RISK);

		assertThat(ways.get(RISK).body()).as("query-args-same").isEqualTo(upstream.riskBody(16, 0, 5));
		assertCalls(1);
	}

	@Test
	void ccreqOic() {
		Problems.check(gateway.get(RISK, "Cache-Control", "only-if-cached"), 504, Problems.OWN + "not-cached");

		assertThat(upstream.calls(Endpoint.RISK)).as("ccreq-oic").isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "head-writethrough", "head-200-retain", "head-200-freshness-update", "head-200-update" })
	void headWhenStaleLoadsForGetToo(String id) {
		gateway.get(RISK);
		clock.advance(LONG_STALE);

		Gateway.Response head = gateway.head(RISK);

		assertThat(head.header("Age")).as(id).isEqualTo("0");
		assertThat(ways.get(RISK).body()).isEqualTo(upstream.riskBody(16, 0, 5));
		assertThat(ways.get(RISK).header("ETag")).isEqualTo(head.header("ETag"));
		assertThat(upstream.requests(Endpoint.RISK)).extracting((request) -> request.getMethod().getName())
			.containsExactly("GET", "GET");
	}

	@Test
	void head410Update() {
		gateway.get(RISK);
		clock.advance(LONG_STALE);
		upstream.answer(Endpoint.RISK, WireMock.status(410));

		Gateway.Response head = gateway.head(RISK);

		assertThat(head.status()).as("head-410-update").isEqualTo(200);
		assertThat(head.header("Cache-Status")).contains("fwd=stale; fwd-status=410");
	}

	@ParameterizedTest
	@CsvSource({ "interim-102, 102 Processing", "interim-103, 103 Early Hints", "interim-not-cached, 103 Early Hints",
			"interim-no-header-reuse, 103 Early Hints" })
	void heatmapWhenStoreAnswersInTheInterimIsItsFinalResponse(String id, String interim) {
		String head = "HTTP/1.1 " + interim + "\nlink: </styles.css>; rel=preload\nx-my-header: hidden\n\n"
				+ "HTTP/1.1 200 OK\nContent-Length: 28\nConnection: close";
		byte[] body = "{\"coin\":\"A\",\"heatmap\":[1,2]}".getBytes(StandardCharsets.UTF_8);
		assertThat(body).hasSize(28);
		try (ScriptedServer server = ScriptedServer.answering(head, body)) {
			upstream.answer(Endpoint.HEATMAP, WireMock.status(302).withHeader("Location", server.uri().toString()));

			Gateway.Response miss = gateway.get(HEATMAP);

			assertThat(miss.status()).as(id).isEqualTo(200);
			assertThat(miss.body()).isEqualTo(body);
			assertThat(ways.get(HEATMAP).everything()).doesNotContain("hidden", "preload");
		}
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 410, 500, 502, 503, 504 })
	void failureIsNotReusedAfterItsTime(int status) {
		upstream.answer(Endpoint.RISK, WireMock.status(status).withHeader("Cache-Control", "max-age=3600"));
		assertThat(gateway.get(RISK).status()).as("status-" + status + "-stale").isGreaterThanOrEqualTo(400);
		upstream.answer(Endpoint.RISK, WireMock.okJson(BODY));
		clock.advance(Duration.ofSeconds(31));

		assertThat(gateway.get(RISK).text()).isEqualTo(BODY);
		assertCalls(2);
	}

	private void heatmapChangedAt(String date) {
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.ok().withHeader("Last-Modified", date).withBody("{\"coin\":\"LINK\",\"heatmap\":[]}"));
	}

	private void assertCalls(int calls) {
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(calls);
	}

}
