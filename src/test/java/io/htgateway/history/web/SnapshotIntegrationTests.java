package io.htgateway.history.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.htgateway.history.read.SnapshotReader;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotFormat;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.LogLines;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests reads of single snapshots.
 */
@HistoryTest
@ExtendWith(OutputCaptureExtension.class)
class SnapshotIntegrationTests {

	private static final String ROOT = "/api/history/heatmap/";

	private static final String TIME = "2026-10-01T00:00:00Z";

	private static final String IMMUTABLE = "max-age=31536000, immutable";

	@Autowired
	private Gateway gateway;

	@Autowired
	private StoredHistory history;

	@Autowired
	private ObservedStore store;

	@ParameterizedTest
	@EnumSource
	void bodyIsTheStoredOneByteForByte(SnapshotFormat format) {
		byte[] body = ("{ \"a\" :\r\n1.50 }\t" + "\u00e9\u0001".repeat(1000)).getBytes(StandardCharsets.UTF_8);
		Snapshot stored = history.add("heatmap/" + format, StoredHistory.START, format, body);
		String target = ROOT + format + "/" + TIME;

		Gateway.Response plain = gateway.get(target);
		Gateway.Response gzip = gateway.get(target, "Accept-Encoding", "gzip");

		assertThat(plain.body()).isEqualTo(body);
		assertThat(gzip.body()).isEqualTo(StoredHistory.gzip(body));
		assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(plain.headers().containsHeader("Content-Encoding")).isFalse();
		assertThat(plain.header("ETag")).isEqualTo('"' + stored.etag() + '"');
		assertThat(gzip.header("ETag")).isEqualTo('"' + stored.etag() + "-gzip\"");
		assertThat(List.of(plain, gzip)).allSatisfy((response) -> {
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.header("Content-Type")).isEqualTo(format.mediaType().toString());
			assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(response.body().length));
			assertThat(response.header("Accept-Ranges")).isEqualTo("none");
			assertThat(response.header("Vary")).isEqualTo("Accept-Encoding");
			assertThat(response.header("Last-Modified"))
				.isEqualTo("Thu, 1 Oct 2026 00:00:00 GMT".replace(" 1 ", " 01 "));
			assertThat(response.header("HyperTracker-State-Time")).isEqualTo(TIME);
			assertThat(response.header("Cache-Control")).isEqualTo(IMMUTABLE);
			assertThat(response.headers().headerNames()).doesNotContain("age", "cache-status");
		});
	}

	@ParameterizedTest
	@CsvSource({ "2026-10-01T00:00:00Z, 0, max-age=31536000, immutable", "2026-10-01T00:01:59.999Z, 0, no-cache,",
			"2026-10-01T00:02:00Z, 1, max-age=31536000, immutable", "2026-10-01T00:05Z, 2, no-cache,",
			"2030-01-01T00:00:00Z, 4, no-cache," })
	void newestAtOrBeforeTheTimeIsSent(String time, int number, String cacheControl, String more) {
		List<Snapshot> stored = history.addMany("heatmap/AT" + number + time.length(), 5);
		Snapshot expected = stored.get(number);

		Gateway.Response response = gateway.get(ROOT + "AT" + number + time.length() + "/" + time);

		assertThat(response.text()).isEqualTo("{\"number\":" + number + "}");
		assertThat(response.header("Cache-Control"))
			.isEqualTo((more != null) ? cacheControl + ", " + more : cacheControl);
		URI location = URI.create("http://a/gw" + ROOT + "x/" + time).resolve(response.header("Content-Location"));
		assertThat(location.getRawPath())
			.isEqualTo("/gw" + ROOT + expected.series().key() + "/" + expected.time() + "-" + expected.etag());
	}

	@Test
	void snapshotsOfTheSameTimeHaveTheirOwnAddresses() {
		Instant time = StoredHistory.START;
		List<Snapshot> stored = List.of(history.add("heatmap/SAME", time, "{\"a\":1}"),
				history.add("heatmap/SAME", time, "{\"a\":2}"), history.add("heatmap/SAME", time, "{\"a\":3}"));

		for (Snapshot snapshot : stored) {
			Gateway.Response response = gateway.get(ROOT + SnapshotPath.fromList(snapshot));

			assertThat(response.header("ETag")).isEqualTo('"' + snapshot.etag() + '"');
			assertThat(response.header("Cache-Control")).isEqualTo(IMMUTABLE);
		}
		Problems.check(gateway.get(ROOT + "SAME/" + TIME + "-none"), 404, "about:blank");
	}

	@Test
	void unchangedSnapshotIsNotReadAgain() {
		Snapshot stored = history.add("heatmap/ETAG", StoredHistory.START, "{\"a\":1}");
		String target = ROOT + "etag/" + TIME;
		int reads = store.reads();

		List<Gateway.Response> unchanged = List.of(gateway.get(target, "If-None-Match", '"' + stored.etag() + '"'),
				gateway.get(target, "If-None-Match", "\"a\", W/\"" + stored.etag() + '"'),
				gateway.get(target, "If-Modified-Since", "Thu, 01 Oct 2026 00:00:00 GMT"),
				gateway.get(target, "If-None-Match", '"' + stored.etag() + "-gzip\"", "Accept-Encoding", "gzip"));

		assertThat(unchanged).allSatisfy((response) -> {
			assertThat(response.status()).isEqualTo(304);
			assertThat(response.body()).isEmpty();
			assertThat(response.header("ETag")).startsWith('"' + stored.etag());
			assertThat(response.header("Cache-Control")).isEqualTo(IMMUTABLE);
			assertThat(response.header("Vary")).isEqualTo("Accept-Encoding");
			assertThat(response.headers().headerNames()).contains("content-location").doesNotContain("content-type");
		});
		assertThat(store.reads()).isEqualTo(reads);
		assertThat(
				gateway.get(target, "If-None-Match", "\"other\"", "If-Modified-Since", "Thu, 01 Oct 2026 00:00:00 GMT")
					.status())
			.isEqualTo(200);
		assertThat(gateway.get(target, "If-Modified-Since", "Wed, 30 Sep 2026 23:59:59 GMT").status()).isEqualTo(200);
	}

	@Test
	void headHasTheHeadersOfTheSnapshot() {
		history.add("heatmap/HEADER", StoredHistory.START, "{\"a\":1}");
		String target = ROOT + "HEADER/" + TIME;

		Gateway.Response head = gateway.head(target);
		Gateway.Response get = gateway.get(target, "Range", "bytes=0-1");

		assertThat(head.status()).isEqualTo(200);
		assertThat(get.status()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(get.body()).hasSize(7);
		for (String name : get.headers().headerNames().stream().filter((name) -> !name.equals("date")).toList()) {
			assertThat(head.header(name)).isEqualTo(get.header(name));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "EMPTY/2026-10-01T00:00:00Z | the history has no snapshot of heatmap/EMPTY",
			"OLD/2026-09-30T23:59:59Z | the history has no snapshot of heatmap/OLD at or before 2026-09-30T23:59:59Z; the oldest is of 2026-10-01T00:00:00Z",
			"OLD/2026-10-01T00:00:00Z-abc | the history has no such snapshot of heatmap/OLD" })
	void missingSnapshotIsNotFound(String target, String detail) {
		history.add("heatmap/OLD", StoredHistory.START, "{}");

		JsonNode problem = Problems.check(gateway.get(ROOT + target), 404, "about:blank");

		assertThat(problem.path("detail").asString()).isEqualTo(detail);
	}

	@ParameterizedTest
	@CsvSource({ "BTC/2026-10-01, time", "BTC/now, time", "BTC/2026-10-01T00:00:00-01:00, time",
			"BTC/2026-10-01T00:00:00, time", "BTC/2026-13-01T00:00:00Z, time", "BTC/2026-10-01T00:00:00Z-, time",
			"BTC/2026-10-01T00:00:00Z?limit=1, limit", "BTC-USD/2026-10-01T00:00:00Z, key" })
	void invalidParameterIsNamed(String target, String name) {
		JsonNode problem = Problems.check(gateway.get(ROOT + target), 400, Problems.OWN + "invalid-parameters");

		assertThat(Problems.parameters(problem)).containsExactly(name);
	}

	@Test
	void timeInThePathEndsWithZ() {
		assertThat(gateway.get(ROOT + "BTC/2026-10-01T00:00:00-01:00").text())
			.contains("must be a time in UTC that ends with Z, such as 2026-11-27T05:30:00Z");
		Problems.check(gateway.get(ROOT + "BTC/2026-10-01T00:00:00+01:00"), 400, "about:blank");
	}

	@Test
	void unknownEndpointIsNotFound() {
		Problems.check(gateway.get("/api/history/fills/all/" + TIME), 404, "about:blank");
	}

	@Test
	void bodyThatTheClientDoesNotAcceptIsRefused() {
		history.add("heatmap/SHEET", StoredHistory.START, SnapshotFormat.CSV, "a,b".getBytes(StandardCharsets.UTF_8));

		Problems.check(gateway.get(ROOT + "SHEET/" + TIME, "Accept", "application/json"), 406, "about:blank");
		assertThat(gateway.get(ROOT + "SHEET/" + TIME, "Accept", "text/*").text()).isEqualTo("a,b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOGZIP", "CUT", "CRC" })
	void damagedObjectIsProblemAndLoggedOnce(String kind, CapturedOutput output) {
		byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
		byte[] gzip = StoredHistory.gzip(body);
		byte[] object = switch (kind) {
			case "NOGZIP" -> body;
			case "CUT" -> Arrays.copyOf(gzip, gzip.length - 3);
			default -> {
				gzip[gzip.length - 6] ^= 1;
				yield gzip;
			}
		};
		Snapshot damaged = history.addObject("heatmap/" + kind, StoredHistory.START, SnapshotFormat.JSON, body, object);

		for (String coding : List.of("identity", "gzip", "gzip")) {
			JsonNode problem = Problems.check(gateway.get(ROOT + kind + "/" + TIME, "Accept-Encoding", coding), 502,
					Problems.OWN + "damaged-snapshot");
			assertThat(problem.path("detail").asString()).contains(TIME, "it is not valid gzip");
		}

		assertThat(LogLines.of(SnapshotReader.class, output)).singleElement()
			.asString()
			.contains("WARN", "object=" + damaged.name());
	}

	@Test
	void outageOfTheStoreIsProblem() {
		history.add("heatmap/DOWN", StoredHistory.START, "{}");
		for (int reads : List.of(0, 1)) {
			store.failAfter(reads);
			gateway.get(ROOT + "DOWN/" + TIME);

			Gateway.Response response = gateway.get(ROOT + "DOWN/" + TIME);

			Problems.check(response, 503, "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
			assertThat(response.header("Retry-After")).isEqualTo("10");
		}
	}

}
