package io.htgateway.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the simulated heatmaps and of the store that holds them.
 */
class SimulatedHeatmapTests {

	private static final Caller caller = new Caller();

	@AfterAll
	static void close() {
		caller.close();
	}

	@BeforeEach
	void reset() {
		caller.reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "BTC", "btc", "xyz:MSTR", "XYZ%3Amstr", "KPEPE" })
	void redirectsToExportInAnyCase(String coin) throws Exception {
		URI link = redirect(coin);

		HttpResponse<byte[]> download = caller.get(link);

		assertThat(link.getAuthority()).isEqualTo(caller.upstream.storeBaseUrl().getAuthority());
		assertThat(link.getQuery()).contains("X-Amz-Expires=30", "X-Amz-SignedHeaders=host", "X-Amz-Signature=");
		assertThat(download.statusCode()).isEqualTo(200);
		assertThat(download.headers().firstValue("Content-Type")).contains("application/gzip");
		assertThat(download.headers().firstValue("Content-Encoding")).isEmpty();
		assertThat(download.headers().firstValue("Last-Modified")).contains("Mon, 02 Nov 2026 10:00:00 GMT");
		String name = coin.replace("%3A", ":");
		assertThat(download.body()).isEqualTo(caller.upstream.heatmapObject(name));
		assertThat(Caller.gunzip(download.body())).isEqualTo(caller.upstream.heatmapBody(name));
	}

	@Test
	void holdsPublishedBins() {
		byte[] json = caller.upstream.heatmapBody("BTC");

		assertThat(new String(json, StandardCharsets.UTF_8)).startsWith(
				"{\"coin\":\"BTC\",\"heatmap\":[" + String.join(",", Samples.objects("liquidation-heatmap.json"))
						+ ",{\"coin\":\"BTC\",\"priceBinIndex\":18,\"priceBinStart\":8423.46,");
		assertThat(JsonMapper.shared().readTree(json).get("heatmap")).hasSize(250);
	}

	@Test
	void answersNotFoundWhenCoinIsUnknown() throws Exception {
		HttpResponse<byte[]> response = caller.api("/exports/coins/NOPE/liquidation-heatmap");

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(Caller.text(response))
			.isEqualTo("{\"statusCode\":404,\"message\":\"Coin not found\",\"error\":\"Not Found\"}");
	}

	@Test
	void refusesLinkWhenExpired() throws Exception {
		URI link = redirect("ETH");

		caller.at(Duration.ofSeconds(29));
		assertThat(caller.get(link).statusCode()).isEqualTo(200);
		caller.at(Duration.ofSeconds(30));
		HttpResponse<byte[]> late = caller.get(link);

		assertThat(late.statusCode()).isEqualTo(403);
		assertThat(Caller.text(late)).contains("<Code>AccessDenied</Code>", "Request has expired");
	}

	@ParameterizedTest
	@CsvSource({ "/ETH/, /SOL/", "Expires=30, Expires=90", "%2F, %252F", "X-Amz-Signature, Other" })
	void refusesLinkWhenChanged(String from, String to) throws Exception {
		String link = redirect("ETH").toString();
		String changed = link.replace(from, to);

		HttpResponse<byte[]> response = caller.get(URI.create(changed));

		assertThat(changed).isNotEqualTo(link);
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(Caller.text(response)).contains("<Code>SignatureDoesNotMatch</Code>");
	}

	@Test
	void refusesDownloadWithAuthorization() throws Exception {
		HttpResponse<byte[]> response = caller.get(caller.upstream.signedLink("BTC"), "Authorization", "Bearer any");

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(Caller.text(response)).contains("Only one auth mechanism allowed");
	}

	@Test
	void answersNotModifiedUntilNextState() throws Exception {
		String etag = caller.get(redirect("SOL")).headers().firstValue("ETag").orElseThrow();

		HttpResponse<byte[]> same = caller.get(redirect("SOL"), "If-None-Match", etag);
		caller.at(Duration.ofMinutes(5));
		HttpResponse<byte[]> next = caller.get(redirect("SOL"), "If-None-Match", etag);

		assertThat(etag).matches("\"[0-9a-f]{32}\"");
		assertThat(same.statusCode()).isEqualTo(304);
		assertThat(same.body()).isEmpty();
		assertThat(same.headers().firstValue("ETag")).contains(etag);
		assertThat(next.statusCode()).isEqualTo(200);
	}

	@Test
	void servesIdentityWhenToldSo() throws Exception {
		Options options = Options.forTests(InstantSource.fixed(Instant.parse("2026-11-02T10:02:30Z")))
			.withGzipExports(false);
		try (SimulatedHyperTracker upstream = SimulatedHyperTracker.start(options)) {
			HttpResponse<byte[]> response = caller.get(upstream.signedLink("BTC"));

			assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
			assertThat(response.body()).isEqualTo(upstream.heatmapBody("BTC"));
		}
	}

	@Test
	void answersNoSuchKeyWhenObjectIsMissing() throws Exception {
		assertThat(caller.get(caller.upstream.signedLink("NOPE")).statusCode()).isEqualTo(404);
	}

	private static URI redirect(String coin) throws IOException, InterruptedException {
		HttpResponse<byte[]> response = caller.api("/exports/coins/" + coin + "/liquidation-heatmap");
		assertThat(response.statusCode()).isEqualTo(302);
		return URI.create(response.headers().firstValue("Location").orElseThrow());
	}

}
