package io.htgateway.web;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests are timed in the same way on both paths of a hit.
 */
@GatewayTest
class RequestMetricsIntegrationTests {

	private static final Pattern COUNT = Pattern.compile("(?m)^http_server_requests_seconds_count\\{(.*)} ([0-9.E]+)$");

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/external/15/assets/liquidation-risk?limit=3 | /api/external/{segmentId}/assets/liquidation-risk
			/api/external/exports/coins/ADA/liquidation-heatmap | /api/external/exports/coins/{coin}/liquidation-heatmap
			/api/external/fills/liquidation?limit=3 | /api/external/fills/liquidation
			""")
	void hitIsCountedUnderSameTagsOnBothPaths(String target, String route) {
		Map<String, Double> start = counts(route);
		gateway.get(target);
		Map<String, Double> last = grown(start, route);
		for (String method : new String[] { "GET", "HEAD" }) {
			for (String[] headers : new String[][] { {}, { "If-None-Match", "*" } }) {
				ways.longWay(method, target, headers);
				Map<String, Double> before = grown(last, route);

				ways.longWay(method, target, headers);
				Map<String, Double> between = grown(before, route);
				ways.shortWay(method, target, headers);
				Map<String, Double> after = grown(between, route);
				last = after;

				assertThat(difference(before, between)).hasSize(1).containsValue(1.0);
				assertThat(difference(between, after)).isEqualTo(difference(before, between));
				assertThat(difference(between, after).keySet()).singleElement()
					.asString()
					.contains("method=\"" + method + "\"", "uri=\"" + route + "\"",
							(headers.length > 0) ? "status=\"304\"" : "status=\"200\"");
			}
		}
	}

	// A response is counted after it was sent.
	private Map<String, Double> grown(Map<String, Double> before, String route) {
		Awaitility.await().until(() -> sum(counts(route)) > sum(before));
		return counts(route);
	}

	private static double sum(Map<String, Double> counts) {
		return counts.values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private Map<String, Double> counts(String route) {
		Map<String, Double> counts = new TreeMap<>();
		Matcher lines = COUNT.matcher(gateway.actuator("/prometheus").text());
		while (lines.find()) {
			if (lines.group(1).contains("uri=\"" + route + "\"")) {
				counts.put(lines.group(1), Double.valueOf(lines.group(2)));
			}
		}
		return counts;
	}

	private static Map<String, Double> difference(Map<String, Double> before, Map<String, Double> after) {
		Map<String, Double> difference = new TreeMap<>();
		after.forEach((tags, count) -> {
			double more = count - before.getOrDefault(tags, 0.0);
			if (more != 0) {
				difference.put(tags, more);
			}
		});
		return difference;
	}

}
