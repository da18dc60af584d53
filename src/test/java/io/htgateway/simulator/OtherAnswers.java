package io.htgateway.simulator;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Answers of the endpoints that the gateway mirrors by configuration, one of each kind.
 */
final class OtherAnswers {

	private static final int ROWS = 14_000;

	private OtherAnswers() {
	}

	static Map<Endpoint, Answers> all(Supplier<URI> link) {
		return Map.of(Endpoint.SEGMENTS, (request) -> json(segments()), Endpoint.BIAS_HISTORY,
				OtherAnswers::biasHistory, Endpoint.POSITIONS_HEATMAP, (request) -> json(positions()),
				Endpoint.ADDRESS_FILLS, (request) -> json("{\"addresses\":\"" + query(request) + "\"}"),
				Endpoint.OPEN_POSITIONS, (request) -> body("text/csv; charset=utf-8", "address,size\n0x1,2.50\n"),
				Endpoint.POSITIONS_COINS, (request) -> json("[\"BTC\",\"ETH\"]"), Endpoint.COIN_EXPORT,
				(request) -> redirect(link.get()), Endpoint.ORDER_DOWNLOAD, (request) -> redirect(link.get()),
				Endpoint.STATE_SUMMARY, (request) -> json("{\"downloadUrl\":\"" + link.get() + "\"}"));
	}

	static ResponseDefinitionBuilder status(StateClock states) {
		Instant last = states.startOf(states.state());
		return json("{\"lastUpdate\":\"" + last + "\",\"nextUpdate\":\"" + last.plus(states.period()) + "\"}");
	}

	private static ResponseDefinitionBuilder redirect(URI target) {
		return ResponseDefinitionBuilder.responseDefinition().withStatus(302).withHeader("Location", target.toString());
	}

	private static String segments() {
		return IntStream.rangeClosed(1, 16)
			.mapToObj((id) -> "{\"id\":" + id + ",\"name\":\"Cohort " + id + "\"}")
			.collect(Collectors.joining(",", "[", "]"));
	}

	private static String positions() {
		return IntStream.range(0, ROWS)
			.mapToObj((row) -> "{\"coin\":\"C" + row
					+ "\",\"size\":12345678.900000,\"openInterest\":0.000001200000,\"x\":1}")
			.collect(Collectors.joining(",", "{\"positions\":[", "]}"));
	}

	private static ResponseDefinitionBuilder biasHistory(Request request) {
		String cursor = Objects.requireNonNullElse(
				UriComponentsBuilder.fromUriString(request.getUrl()).build().getQueryParams().getFirst("nextCursor"),
				"");
		String next = cursor.isEmpty() ? "\"page-2\"" : "null";
		return json("{\"items\":[{\"cursor\":\"" + cursor + "\"}],\"nextCursor\":" + next + "}");
	}

	private static List<String> query(Request request) {
		return List.of(Objects.requireNonNullElse(URI.create(request.getAbsoluteUrl()).getQuery(), "").split("&"));
	}

	private static ResponseDefinitionBuilder json(String body) {
		return body("application/json; charset=utf-8", body);
	}

	private static ResponseDefinitionBuilder body(String type, String body) {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(200)
			.withHeader("Content-Type", type)
			.withBody(body);
	}

}
