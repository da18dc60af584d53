package io.htgateway.fills;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class FillsIntegrationTests {

	private static final String PATH = "/api/external/fills/liquidation";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@CsvSource(textBlock = """
			''
			?limit=3
			?coin=xyz%3AMSTR&limit=20
			?start=2026-04-01&end=2026-05-30T02:00:00%2B02:00&side=B
			?address=0x3160fb45324397c607528892eef27ad183768d7f&start=2026-05-28
			?coin=btc
			""")
	void fillsAreUpstreamsOwnBytes(String query) throws Exception {
		HttpResponse<byte[]> expected = direct(query);

		Gateway.Response response = gateway.get(PATH + query);

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(expected.body());
		assertThat(response.header("Content-Type"))
			.isEqualTo(expected.headers().firstValue("Content-Type").orElseThrow());
		assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(expected.body().length));
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			'', ''
			?limit=1, ?limit=1
			?limit=0010, ?limit=10
			?coin=kPEPE, ?coin=kPEPE
			?coin=xyz:MSTR, ?coin=xyz%3AMSTR
			?address=0xABCDEFabcdef0123456789ABCDEF0123456789aB, ?address=0xabcdefabcdef0123456789abcdef0123456789ab
			?start=2026-05-28T17:27:35Z, ?start=2026-05-28T17%3A27%3A35Z
			?start=2026-05-28T17:27:35%2B02:00&end=2026-06-01, ?start=2026-05-28T17%3A27%3A35%2B02%3A00&end=2026-06-01
			?side=A, ?side=A
			?nextCursor=a%2Bb%26c%25d%3De%2Ff%23g, ?nextCursor=a%2Bb%26c%25d%3De%2Ff%23g
			?nextCursor=a%26limit=1%20b, ?nextCursor=a%26limit%3D1%20b
			?nextCursor=%257Bcoin%257D, ?nextCursor=%257Bcoin%257D
			?nextCursor=%7Bcoin%7D, ?nextCursor=%7Bcoin%7D
			?nextCursor=%3F~-._!*'()';:@$, ?nextCursor=%3F~-._%21%2A%27%28%29%27%3B%3A%40%24
			?side=B&coin=ETH&limit=2, ?limit=2&coin=ETH&side=B
			""", quoteCharacter = '`')
	void parametersAreForwardedEncodedExactly(String query, String forwarded) {
		upstream.answer(Endpoint.FILLS, WireMock.okJson("{\"fills\":[]}"));

		Gateway.Response response = gateway.get(PATH + unquoted(query));

		assertThat(response.text()).isEqualTo("{\"fills\":[]}");
		assertThat(upstream.requests(Endpoint.FILLS)).extracting(LoggedRequest::getUrl)
			.containsExactly(PATH + unquoted(forwarded));
	}

	@Test
	void fillsWhenParameterIsRepeatedWithTheSameValueAreTheSame() {
		assertThat(gateway.get("/api/external/fills/liquidation?limit=3&limit=3").status()).isEqualTo(200);
		assertThat(upstream.requests(Endpoint.FILLS)).singleElement()
			.satisfies((request) -> assertThat(request.getUrl()).endsWith("?limit=3"));
	}

	@Test
	void fillsWhenParametersDifferInOrderOrInCaseOfAddressShareOneCall() {
		String address = "0x3160fb45324397c607528892eef27ad183768d7f";

		gateway.get(PATH + "?start=2026-05-28&address=" + address);
		Gateway.Response response = gateway
			.get(PATH + "?address=0x" + address.substring(2).toUpperCase(Locale.ROOT) + "&start=2026-05-28");

		assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=1");
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
	}

	@Test
	void fillsWhenCoinDiffersInCaseAreNotShared() {
		gateway.get(PATH + "?coin=BTC");
		Gateway.Response response = gateway.get(PATH + "?coin=btc");

		assertThat(response.text()).isEqualTo("{\"fills\":[],\"nextCursor\":null}");
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@Test
	void fillsWhenTtlIsOverAreLoadedAgain() {
		Gateway.Response first = gateway.get(PATH + "?limit=2");
		clock.advance(Duration.ofMillis(999));
		Gateway.Response second = gateway.get(PATH + "?limit=2");
		clock.advance(Duration.ofMillis(1));
		Gateway.Response third = gateway.get(PATH + "?limit=2");

		assertThat(List.of(first, second, third)).extracting((response) -> response.header("Cache-Status"))
			.containsExactly("hypertracker-gateway; fwd=uri-miss; stored", "hypertracker-gateway; hit; ttl=0",
					"hypertracker-gateway; fwd=uri-miss; stored");
		assertThat(List.of(first, second, third))
			.allSatisfy((response) -> assertThat(response.header("Cache-Control")).isEqualTo("max-age=1"));
		assertThat(second.header("Date")).isEqualTo(first.header("Date")).isNotEqualTo(third.header("Date"));
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@Test
	void fillsWhenManyAskAtOnceCostOneCall() {
		List<Gateway.Response> responses = gateway.getAll(200, PATH + "?limit=50");

		assertThat(responses).extracting(Gateway.Response::status).containsOnly(200);
		assertThat(responses).extracting(Gateway.Response::text).containsOnly(responses.getFirst().text());
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
	}

	@Test
	void walkByCursorGivesUpstreamsOwnPages() throws Exception {
		String query = "?coin=cash:HOOD&limit=7";
		List<String> expected = walk(query, this::directText);
		upstream.reset();

		List<String> pages = walk(query, (page) -> gateway.get(PATH + page).text());

		assertThat(pages).hasSizeGreaterThan(10).doesNotHaveDuplicates().isEqualTo(expected);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(pages.size());
	}

	private static List<String> walk(String query, Function<String, String> reader) {
		List<String> pages = new ArrayList<>();
		String next = query;
		while (!next.isEmpty()) {
			String page = reader.apply(next);
			pages.add(page);
			String cursor = JsonMapper.shared().readTree(page).path("nextCursor").asString("");
			next = cursor.isEmpty() ? "" : query + "&nextCursor=" + cursor;
		}
		return pages;
	}

	private String directText(String query) {
		try {
			return new String(direct(query).body(), StandardCharsets.UTF_8);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private HttpResponse<byte[]> direct(String query) throws Exception {
		try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			return client.send(HttpRequest.newBuilder(URI.create(upstream.apiBaseUrl() + PATH + query))
				.header("Authorization", "Bearer " + upstream.key())
				.build(), HttpResponse.BodyHandlers.ofByteArray());
		}
	}

	// Two quotes stand for an empty value.
	private static String unquoted(String cell) {
		return cell.equals("''") ? "" : cell;
	}

}
