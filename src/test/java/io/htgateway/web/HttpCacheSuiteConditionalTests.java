package io.htgateway.web;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cases of the public HTTP cache test suite that are about validators, named by the
 * suite's ids. <code>docs/http-cache-suite.md</code> lists all of its cases.
 */
@GatewayTest
class HttpCacheSuiteConditionalTests extends HttpCacheSuite {

	private static final String CHANGED = "Wed, 01 Jan 2020 00:00:00 GMT";

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

		upstream.answerNext(Endpoint.DOWNLOAD, 1, WireMock.status(304));

		assertThat(gateway.get(HEATMAP, "If-Modified-Since", CHANGED).status()).as("conditional-lm-stale")
			.isEqualTo(304);
		assertThat(upstream.requests(Endpoint.DOWNLOAD)).extracting((request) -> request.getHeader("If-Modified-Since"))
			.as("conditional-lm-stale")
			.containsExactly(null, CHANGED);
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

		assertThat(gateway.get(HEATMAP).header("Last-Modified")).isEqualTo(CHANGED);
	}

	private void heatmapChangedAt(String date) {
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.ok().withHeader("Last-Modified", date).withBody("{\"coin\":\"LINK\",\"heatmap\":[]}"));
	}

}
