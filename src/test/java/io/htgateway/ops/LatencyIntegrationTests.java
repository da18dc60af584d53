package io.htgateway.ops;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histograms of requests and loads, with few buckets.
 */
@GatewayTest
class LatencyIntegrationTests {

	private static final Pattern BUCKET = Pattern.compile("(?m)^(\\w+_bucket)\\{(.*?),?le=\"([^\"]+)\"(.*)} (\\S+)$");

	private static final String RISK = "/api/external/12/assets/liquidation-risk?limit=3";

	private static final String LIMITS_OF_REQUESTS = "0.001 0.005 0.025 0.05 0.1 0.25 0.5 1.0 2.5 5.0 10.0 30.0 +Inf";

	private static final String LIMITS_OF_LOADS = "0.025 0.05 0.1 0.25 0.5 1.0 2.5 5.0 10.0 30.0 +Inf";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private Ways ways;

	@Test
	void hitIsCountedInTheSameBucketsOnBothWays() {
		gateway.get(RISK);
		double before = requests();

		ways.longWay("HEAD", RISK);
		Awaitility.await().untilAsserted(() -> assertThat(requests()).isEqualTo(before + 1));
		ways.shortWay("HEAD", RISK);

		Awaitility.await().untilAsserted(() -> assertThat(requests()).isEqualTo(before + 2));
	}

	@Test
	void bucketsAreThoseOfTheDocumentWhateverIsCalled() {
		gateway.get(RISK);
		gateway.get("/api/external/12/assets/liquidation-risk?limit=0");
		gateway.get("/nothing");
		Awaitility.await().untilAsserted(() -> assertThat(loads("risk", "loaded")).isPositive());

		assertThat(limits().keySet()).allMatch((series) -> !series.contains("team="))
			.extracting((series) -> series.substring(0, series.indexOf(' ')))
			.containsOnly("http_server_requests_seconds_bucket", "gateway_load_seconds_bucket");
		assertThat(limits()).allSatisfy((series, limits) -> assertThat(String.join(" ", limits))
			.isEqualTo(series.startsWith("http") ? LIMITS_OF_REQUESTS : LIMITS_OF_LOADS));
	}

	@ParameterizedTest
	@CsvSource({ "500, failed", "400, rejected", "200, loaded" })
	void loadIsTimedByHowItEnded(int status, String outcome) {
		double before = loads("fills", outcome);
		if (status != 200) {
			upstream.answer(Endpoint.FILLS, WireMock.jsonResponse("{\"message\":\"no\"}", status));
		}

		gateway.get("/api/external/fills/liquidation?coin=LATENCY&limit=" + status);

		Awaitility.await().untilAsserted(() -> assertThat(loads("fills", outcome)).isEqualTo(before + 1));
	}

	@Test
	void loadThatIsRefusedIsNotTimed() {
		upstream.answer(Endpoint.HEATMAP, WireMock.status(429).withHeader("Retry-After", "30"));
		gateway.get("/api/external/exports/coins/LATE/liquidation-heatmap");
		Awaitility.await().until(() -> loads("heatmap", "failed") > 0);
		double before = loads();

		assertThat(gateway.get("/api/external/exports/coins/LATER/liquidation-heatmap").status()).isEqualTo(503);

		assertThat(loads()).isEqualTo(before);
	}

	// Counts only HEAD: the GET that fills the cache is counted after its response.
	private double requests() {
		return sum("http_server_requests_seconds_bucket .*method=\"HEAD\".*status=\"200\".*liquidation-risk.*");
	}

	private double loads(String endpoint, String outcome) {
		return sum("gateway_load_seconds_bucket .*endpoint=\"" + endpoint + "\",outcome=\"" + outcome + "\".*");
	}

	private double loads() {
		return sum("gateway_load_seconds_bucket .*");
	}

	private double sum(String series) {
		return buckets().stream()
			.filter((bucket) -> "+Inf".equals(bucket.group(3)) && name(bucket).matches(series))
			.mapToDouble((bucket) -> Double.parseDouble(bucket.group(5)))
			.sum();
	}

	private Map<String, List<String>> limits() {
		Map<String, List<String>> limits = new TreeMap<>();
		buckets().forEach((bucket) -> limits.merge(name(bucket), List.of(bucket.group(3)),
				(one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
		return limits;
	}

	private static String name(MatchResult bucket) {
		return bucket.group(1) + " " + bucket.group(2) + bucket.group(4);
	}

	private List<MatchResult> buckets() {
		return BUCKET.matcher(gateway.actuator("/prometheus").text()).results().toList();
	}

}
