package io.htgateway.heatmap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.GzipFile;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.ScriptedServer;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Refusals of the object store: by their error code the gateway requests a new link,
 * returns 404, or fails the load.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class HeatmapRefusalIntegrationTests {

	private static final String DOGE = "/api/external/exports/coins/DOGE/liquidation-heatmap";

	private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code>"
			+ "<Message>%s</Message><Key>canary</Key><RequestId>canary</RequestId></Error>";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@CsvSource({ "403, AccessDenied, Request has expired", "403, AccessDenied, request has expired.",
			"400, ExpiredToken, The provided token has expired.", "403, ExpiredToken, canary" })
	void storeWhenLinkHasExpiredIsAskedAgainWithNewLinkOnce(int status, String code, String message) {
		upstream.answerNext(Endpoint.DOWNLOAD, 1, refusal(status, code, message));

		assertThat(gateway.get(DOGE).body()).isEqualTo(upstream.heatmapBody("DOGE"));
		assertCalls(2, 2);
	}

	@ParameterizedTest
	@CsvSource({ "403, AccessDenied, Request has expired", "400, ExpiredToken, x", "403, ExpiredToken, x" })
	void storeWhenNewLinkHasExpiredTooIsGivenUp(int status, String code, String message) {
		upstream.answer(Endpoint.DOWNLOAD, refusal(status, code, message));

		Gateway.Response response = gateway.get(DOGE);

		Problems.check(response, 502, Problems.OWN + "upstream-failed");
		assertThat(response.header("Cache-Status")).endsWith("fwd-status=" + status);
		assertCalls(2, 2);
	}

	@ParameterizedTest
	@CsvSource({ "404, NoSuchKey, x", "404, NoSuchVersion, x", "404, canary, x", "403, AccessDenied, Access Denied",
			"403, AccessDenied, ''" })
	void storeWhenFileDoesNotExistIsNotFoundAfterOneCall(int status, String code, String message) {
		upstream.answer(Endpoint.DOWNLOAD, refusal(status, code, message));

		Gateway.Response response = gateway.get(DOGE);

		JsonNode problem = Problems.check(response, 404, Problems.OWN + "upstream-rejected");
		assertThat(problem.path("detail").asString()).startsWith("the object store has no such file");
		assertThat(response.header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; fwd=uri-miss; fwd-status=" + status);
		assertThat(gateway.get(DOGE).header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=not-found");
		assertCalls(1, 1);

		clock.advance(Duration.ofSeconds(31));
		upstream.reset();
		assertThat(gateway.get(DOGE).status()).isEqualTo(200);
	}

	@Test
	void storeWhenFileDoesNotExistWithoutBodyIsNotFound() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(404));

		Problems.check(gateway.get(DOGE), 404, Problems.OWN + "upstream-rejected");
		assertCalls(1, 1);
	}

	@ParameterizedTest
	@CsvSource({ "503, InternalError", "403, RequestTimeTooSkewed", "403, SignatureDoesNotMatch",
			"403, InvalidAccessKeyId", "400, InvalidArgument", "400, AuthorizationQueryParametersError",
			"404, NoSuchBucket", "301, PermanentRedirect", "500, InternalError", "403, InvalidObjectState",
			"400, InvalidToken" })
	void storeWhenItRefusesForAnotherReasonIsNamedAfterOneCall(int status, String code, CapturedOutput output) {
		upstream.answer(Endpoint.DOWNLOAD, refusal(status, code, "canary"));

		Gateway.Response response = gateway.get(DOGE);

		JsonNode problem = Problems.check(response, 502, Problems.OWN + "upstream-failed");
		assertThat(problem.path("detail").asString())
			.isEqualTo("the object store answered " + status + " (" + code + ")");
		assertThat(gateway.get(DOGE).header("Cache-Status")).isEqualTo("hypertracker-gateway; detail=backoff");
		assertThat(response.everything()).doesNotContain("canary");
		assertThat(output.toString()).doesNotContain("canary<", ">canary", "Message");
		assertCalls(1, 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "canary", "<html><body>canary</body></html>", "<Error><Code>canary</Code></Error>",
			"<Error><Code>AccessDenied", "<Error><!-- <Code>ExpiredToken</Code> --></Error>",
			"<Error><Resource><Code>ExpiredToken</Code></Resource></Error>",
			"<!DOCTYPE Error [<!ENTITY x \"ExpiredToken\">]><Error><Code>&x;</Code></Error>",
			"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><Error><Code>ExpiredToken</Code></Error>",
			"<?xml version=\"1.0\" encoding=\"x-canary\"?><Error><Code>ExpiredToken</Code></Error>",
			"{\"code\":\"ExpiredToken\"}", "\u001f\u008b\u0008canary" })
	void storeWhenItRefusesWithoutReadableCodeFailsAfterOneCall(String body) {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(403).withBody(body.getBytes(StandardCharsets.ISO_8859_1)));

		Gateway.Response response = gateway.get(DOGE);

		JsonNode problem = Problems.check(response, 502, Problems.OWN + "upstream-failed");
		assertThat(problem.path("detail").asString()).isEqualTo("the object store answered 403");
		assertThat(response.everything()).doesNotContain("canary");
		assertCalls(1, 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16", "ISO-8859-1", "gzip", "namespace", "huge" })
	void storeWhenCodeIsWrittenOtherwiseIsReadAllTheSame(String form) {
		String xml = XML.formatted("ExpiredToken", "x");
		byte[] body = switch (form) {
			case "gzip" -> GzipFile.of(xml.getBytes(StandardCharsets.UTF_8));
			case "UTF-16" -> xml.replace("UTF-8", form).getBytes(StandardCharsets.UTF_16);
			case "namespace" -> xml.replace("<Error>", "<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">")
				.getBytes(StandardCharsets.UTF_8);
			case "huge" ->
				xml.replace("</Message>", "a".repeat(100_000) + "</Message>").getBytes(StandardCharsets.UTF_8);
			default -> xml.replace("UTF-8", form).getBytes(StandardCharsets.ISO_8859_1);
		};
		ResponseDefinitionBuilder refusal = WireMock.status(400).withBody(body).withHeader("Content-Type", "json;;");
		upstream.answerNext(Endpoint.DOWNLOAD, 1, refusal);

		assertThat(gateway.get(DOGE).body()).isEqualTo(upstream.heatmapBody("DOGE"));
		assertCalls(2, 2);
	}

	@Test
	void storeWhenBodyOfRefusalIsEndlessIsReadNoFurtherThanItsCode() {
		byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
		try (ScriptedServer store = ScriptedServer.start((out) -> {
			out.write(
					"HTTP/1.1 404 Not Found\r\n\r\n<Error><Code>NoSuchKey</Code>".getBytes(StandardCharsets.US_ASCII));
			for (int size = 0; size < 64 * 1024 * 1024; size += spaces.length) {
				out.write(spaces);
			}
			throw new AssertionError("read to its end");
		})) {
			upstream.answer(Endpoint.HEATMAP, WireMock.status(302).withHeader("Location", store.uri().toString()));

			Problems.check(gateway.get(DOGE), 404, Problems.OWN + "upstream-rejected");
		}
	}

	@Test
	void heatmapWhenStaleAndItsFileDisappearsIsServedStale() {
		byte[] old = gateway.get(DOGE).body();
		clock.advance(Duration.ofMinutes(20));
		upstream.answer(Endpoint.DOWNLOAD, refusal(404, "NoSuchKey", "x"));

		Gateway.Response stale = gateway.get(DOGE);

		assertThat(stale.body()).isEqualTo(old);
		assertThat(stale.header("Cache-Status")).contains("fwd=stale; fwd-status=404");
	}

	private void assertCalls(int calls, int downloads) {
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(calls);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(downloads);
	}

	private static ResponseDefinitionBuilder refusal(int status, String code, String message) {
		return WireMock.status(status)
			.withHeader("Content-Type", "application/xml")
			.withBody(XML.formatted(code, message));
	}

}
