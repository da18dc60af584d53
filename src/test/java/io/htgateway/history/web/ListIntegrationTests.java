package io.htgateway.history.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.htgateway.history.read.StoreAvailability;
import io.htgateway.history.store.Snapshot;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.LogLines;
import io.htgateway.testing.Problems;
import io.htgateway.traffic.AccessLog;
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
 * Tests lists of the snapshots of a series.
 */
@HistoryTest
@ExtendWith(OutputCaptureExtension.class)
class ListIntegrationTests {

	private static final String ROOT = "/api/history/heatmap/";

	@Autowired
	private Gateway gateway;

	@Autowired
	private StoredHistory history;

	@Autowired
	private ObservedStore store;

	@Autowired
	private AccessLog accessLog;

	@Test
	void snapshotIsDescribed() {
		Snapshot stored = history.add("heatmap/ONE", StoredHistory.START, "{\"a\":1}");

		Gateway.Response response = gateway.get(ROOT + "one");

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo(
				"{\"snapshots\":[{\"time\":\"2026-10-01T00:00:00Z\",\"etag\":\"\\\"%s\\\"\",".formatted(stored.etag())
						+ "\"size\":%d,\"href\":\"ONE/2026-10-01T00:00:00Z-%s\"}],\"nextCursor\":null}"
							.formatted(stored.size(), stored.etag()));
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
		assertThat(response.header("Vary")).isEqualTo("Accept");
		assertThat(response.headers().headerNames()).doesNotContain("age", "cache-status");
	}

	@ParameterizedTest
	@CsvSource({ "1, P1", "7, P7", "60, P60", "61, P61", "999, P999" })
	void pagesTogetherAreAllSnapshotsInOrder(int limit, String coin) {
		List<Snapshot> stored = history.addMany("heatmap/" + coin, 61);

		List<JsonNode> pages = pages(ROOT + coin + "?limit=" + limit);

		assertThat(pages).hasSize((61 + limit - 1) / limit);
		assertThat(hrefs(pages)).isEqualTo(stored.stream().map(SnapshotPath::fromList).toList());
	}

	@ParameterizedTest
	@CsvSource({ "R1, 2026-10-01T00:20:00Z, 2026-10-01T01:00:00Z, 10, 30",
			"R2, 2026-10-01T00:19:59.5Z, 2026-10-01T01:00:00.001Z, 10, 31", "R3, 2026-10-01T02:20:00%2B02:00, , 10, 40",
			"R4, , 2026-10-01T00:02:00Z, 0, 1", "R5, 2026-09-30T00:00:00Z, 2026-10-01T00:00:00Z, 0, 0",
			"R6, 2027-01-01T00:00:00Z, , 0, 0" })
	void rangeContainsFromAndNotTo(String coin, String from, String to, int first, int end) {
		List<Snapshot> stored = history.addMany("heatmap/" + coin, 40);

		String range = ((from != null) ? "&from=" + from : "") + ((to != null) ? "&to=" + to : "");

		assertThat(hrefs(pages(ROOT + coin + "?limit=7" + range)))
			.isEqualTo(stored.subList(first, end).stream().map(SnapshotPath::fromList).toList());
	}

	@Test
	void listWithoutLimitHasHundredSnapshots() {
		history.addMany("heatmap/MANY", 101);

		JsonNode page = gateway.get(ROOT + "MANY").json();

		assertThat(page.path("snapshots")).hasSize(100);
		assertThat(page.path("nextCursor").asString()).isNotBlank();
	}

	@Test
	void hrefsResolveToTheSnapshotsWhateverTheirKeyAndPrefix() {
		Snapshot plain = history.add("risk/5", StoredHistory.START, "{\"risk\":5}");
		Snapshot dex = history.add("heatmap/xyz:MSTR", StoredHistory.START, "{\"dex\":1}");
		history.add("heatmap/xyz:MSTR", StoredHistory.START, "{\"dex\":2}");

		assertThat(resolved("/gw/api/history/risk/5", plain))
			.isEqualTo("/gw/api/history/risk/5/2026-10-01T00:00:00Z-" + plain.etag());
		assertThat(resolved("/api/history/heatmap/xyz:MSTR", dex))
			.isEqualTo("/api/history/heatmap/xyz:MSTR/2026-10-01T00:00:00Z-" + dex.etag());
		assertThat(gateway.get(resolved("/api/history/heatmap/XYZ%3Amstr", dex)).text()).isEqualTo("{\"dex\":1}");
		assertThat(gateway.get(resolved("/api/history/risk/5", plain)).text()).isEqualTo("{\"risk\":5}");
	}

	private static String resolved(String list, Snapshot snapshot) {
		return URI.create("http://gateway.example" + list).resolve(SnapshotPath.fromList(snapshot)).getRawPath();
	}

	@Test
	void keyWithoutSnapshotsIsAnEmptyList() {
		assertThat(gateway.get(ROOT + "NONE").text()).isEqualTo("{\"snapshots\":[],\"nextCursor\":null}");
	}

	@Test
	void headHasTheHeadersOfTheList() {
		history.addMany("heatmap/HEAD", 3);

		Gateway.Response head = gateway.head(ROOT + "HEAD");

		assertThat(head.status()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(gateway.get(ROOT + "HEAD").body().length));
	}

	@Test
	void unknownEndpointIsNotFoundAndTheRecordedOnesAreNamed() {
		JsonNode problem = Problems.check(gateway.get("/api/history/fills/BTC"), 404, "about:blank");

		assertThat(problem.path("detail").asString())
			.isEqualTo("the history records no endpoint of this name; recorded: heatmap, risk");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "BTC?limit=0 | limit", "BTC?limit=1001 | limit", "BTC?from=yesterday | from",
			"BTC?from=2026-10-01 | from", "BTC?to=2026-10-01T00:00:00+01:00 | to", "BTC?to=12026-10-01T00:00:00Z | to",
			"BTC?from=1969-12-31T23:59:59Z | from", "BTC?from=2026-10-01T00:00:00Z&to=2026-10-01T00:00:00Z | to",
			"BTC?cursor= | cursor", "BTC?cursor=abc | cursor", "BTC?cursor=%F0 | cursor",
			"BTC?nextCursor=a | nextCursor", "BTC?From=2026-10-01T00:00:00Z | From", "BTC-USD | key", "BTC~ETH | key",
			"BTC-USD?from=a&to=b&limit=c&other=d | other,key,from,to,limit" })
	void everyInvalidParameterIsNamed(String target, String names) {
		JsonNode problem = Problems.check(gateway.get(ROOT + target), 400, Problems.OWN + "invalid-parameters");

		assertThat(Problems.parameters(problem)).containsExactlyInAnyOrder(names.split(","));
	}

	@Test
	void cursorThatWasChangedOrBelongsToAnotherSeriesIsInvalid() {
		history.addMany("heatmap/CUR", 3);
		history.addMany("heatmap/OTHER", 3);
		String cursor = gateway.get(ROOT + "CUR?limit=1").json().path("nextCursor").asString();
		String name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);

		assertThat(gateway.get(ROOT + "CUR?limit=1&cursor=" + cursor).status()).isEqualTo(200);
		for (String wrong : List.of(ROOT + "OTHER?cursor=" + cursor, ROOT + "CUR?cursor=" + cursor + "A",
				ROOT + "CUR?cursor=" + cursor.substring(1), ROOT + "CUR?cursor=" + cursor + "=",
				ROOT + "CUR?cursor=" + encoded(name + ".x"), ROOT + "CUR?cursor=" + encoded("heatmap/CUR/../../a"))) {
			JsonNode problem = Problems.check(gateway.get(wrong), 400, Problems.OWN + "invalid-parameters");

			assertThat(problem.at("/errors/0/message").asString())
				.isEqualTo("must be the nextCursor of an earlier page of the same series, unchanged");
		}
	}

	private static String encoded(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void cursorStillWorksWhenItsSnapshotIsRemoved() {
		List<Snapshot> stored = history.addMany("heatmap/GONE", 4);
		String cursor = gateway.get(ROOT + "GONE?limit=2").json().path("nextCursor").asString();
		store.remove(stored.stream().limit(2).map(Snapshot::name).toList()).block();

		JsonNode page = gateway.get(ROOT + "GONE?limit=2&cursor=" + cursor).json();

		assertThat(hrefs(List.of(page))).isEqualTo(stored.stream().skip(2).map(SnapshotPath::fromList).toList());
		assertThat(page.path("nextCursor").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/json;q=0", "application/xml, application/x-ndjson;q=0" })
	void listThatTheClientDoesNotAcceptIsRefused(String accept) {
		JsonNode problem = Problems.check(gateway.get(ROOT + "BTC", "Accept", accept), 406, "about:blank");

		assertThat(problem.path("detail").asString()).contains("application/json", "application/x-ndjson");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "*/* | application/json", "application/json | application/json",
			"application/x-ndjson | application/x-ndjson", "application/json, application/x-ndjson | application/json",
			"application/json;q=0.5, application/x-ndjson | application/x-ndjson",
			"application/*;q=0.9, application/json;q=0.1 | application/x-ndjson" })
	void typeOfHighestWeightIsSent(String accept, String type) {
		history.add("heatmap/TYPE", StoredHistory.START, "{}");

		assertThat(gateway.get(ROOT + "TYPE", "Accept", accept).header("Content-Type")).isEqualTo(type);
	}

	@Test
	void outageOfTheStoreIsProblemAndLoggedOnce(CapturedOutput output) {
		store.failAfter(0);

		for (int request = 0; request < 3; request++) {
			Gateway.Response response = gateway.get(ROOT + "BTC");
			JsonNode problem = Problems.check(response, 503,
					"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
			assertThat(problem.path("detail").asString()).startsWith("the history store is unavailable");
			assertThat(response.header("Retry-After")).isEqualTo("10");
		}
		store.recover();
		assertThat(gateway.get(ROOT + "BTC").status()).isEqualTo(200);
		assertThat(gateway.get(ROOT + "BTC").status()).isEqualTo(200);

		assertThat(LogLines.of(StoreAvailability.class, output)).satisfiesExactly(
				(begin) -> assertThat(begin).contains("WARN", "answered 503", "reason=\"list: connection refused\""),
				(end) -> assertThat(end).contains("INFO", "available again"));
	}

	@Test
	void requestIsInTheAccessLogWithItsRoute(CapturedOutput output) {
		gateway.get(ROOT + "LOGGED");
		accessLog.flush();

		assertThat(output.toString().lines().filter((line) -> line.contains("path=" + ROOT + "LOGGED ")))
			.singleElement()
			.asString()
			.contains("route=/api/history/{endpoint}/{key} ", "status=200");
	}

	@Test
	void requestOfOtherMethodIsRefused() {
		Problems.check(gateway.send("POST", ROOT + "BTC").join(), 405, "about:blank");
	}

	private List<JsonNode> pages(String target) {
		List<JsonNode> pages = new ArrayList<>();
		String cursor = null;
		do {
			Gateway.Response response = gateway.get(target + ((cursor != null) ? "&cursor=" + cursor : ""));
			assertThat(response.status()).as(response.text()).isEqualTo(200);
			pages.add(response.json());
			JsonNode next = response.json().path("nextCursor");
			cursor = next.isNull() ? null : next.asString();
		}
		while (cursor != null);
		return pages;
	}

	private static List<String> hrefs(List<JsonNode> pages) {
		return pages.stream()
			.flatMap((page) -> page.path("snapshots").valueStream())
			.map((snapshot) -> snapshot.path("href").asString())
			.toList();
	}

}
