package io.htgateway.history.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotFormat;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.LogLines;
import io.htgateway.testing.Problems;
import io.htgateway.web.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests streams of the bodies of a series.
 */
@HistoryTest
@ExtendWith(OutputCaptureExtension.class)
class StreamIntegrationTests {

	private static final String ROOT = "/api/history/heatmap/";

	private static final String NDJSON = "application/x-ndjson";

	/**
	 * Size of a body that exceeds all buffers between the gateway and a client together.
	 */
	private static final int LARGE = 8_000_000;

	@Autowired
	private Gateway gateway;

	@Autowired
	private StoredHistory history;

	@Autowired
	private ObservedStore store;

	@Test
	void everySnapshotIsOneLineInOrder() {
		List<Snapshot> stored = history.addMany("heatmap/STREAMALL", 450);

		Gateway.Response response = stream("STREAMALL");

		assertThat(response.header("Content-Type")).isEqualTo(NDJSON);
		assertThat(response.header("Vary")).isEqualTo("Accept");
		assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
		assertThat(response.text().lines().toList())
			.isEqualTo(IntStream.range(0, 450).mapToObj((number) -> line(stored.get(number), number)).toList());
	}

	@Test
	void rangeLimitAndCursorSelectLines() {
		List<Snapshot> stored = history.addMany("heatmap/STREAMSOME", 30);
		String cursor = gateway.get(ROOT + "STREAMSOME?limit=5").json().path("nextCursor").asString();

		assertThat(stream("STREAMSOME?from=2026-10-01T00:10:00Z&to=2026-10-01T00:16:00Z").text().lines().toList())
			.isEqualTo(List.of(line(stored.get(5), 5), line(stored.get(6), 6), line(stored.get(7), 7)));
		assertThat(stream("STREAMSOME?limit=2&cursor=" + cursor).text().lines().toList())
			.isEqualTo(List.of(line(stored.get(5), 5), line(stored.get(6), 6)));
	}

	private static String line(Snapshot snapshot, int number) {
		return "{\"time\":\"%s\",\"etag\":\"\\\"%s\\\"\",\"body\":{\"number\":%d}}".formatted(snapshot.time(),
				snapshot.etag(), number);
	}

	@Test
	void jsonIsEmbeddedByteForByteButForLineBreaks() {
		String body = "\r\n{ \"a\" : 1.500e3,\n\t\"b\\n\" : \"\u00e9\u2028\" }\n";
		Snapshot stored = history.add("heatmap/STREAMJSON", StoredHistory.START, body);

		String line = stream("STREAMJSON").text();

		assertThat(line).isEqualTo("{\"time\":\"2026-10-01T00:00:00Z\",\"etag\":\"\\\"" + stored.etag()
				+ "\\\"\",\"body\":" + body.replace('\r', ' ').replace('\n', ' ') + "}\n");
		assertThat(JsonMapper.shared().readTree(line).path("body")).isEqualTo(JsonMapper.shared().readTree(body));
	}

	@ParameterizedTest
	@EnumSource(names = "JSON", mode = EnumSource.Mode.EXCLUDE)
	void otherFormatsAreTexts(SnapshotFormat format) {
		byte[] body = "a,\"b\"\r\n1,\u00e9\n".getBytes(StandardCharsets.UTF_8);
		history.add("heatmap/STREAM" + format, StoredHistory.START, format, body);

		String text = stream("STREAM" + format).text();
		JsonNode line = JsonMapper.shared().readTree(text);

		assertThat(text.lines()).hasSize(1);
		assertThat((format == SnapshotFormat.BINARY) ? Base64.getDecoder().decode(line.path("base64").asString())
				: line.path("body").asString().getBytes(StandardCharsets.UTF_8))
			.isEqualTo(body);
	}

	@Test
	void streamWithoutSnapshotsIsEmpty() {
		Gateway.Response response = stream("STREAMNONE");

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void headReadsNothing() {
		history.addMany("heatmap/STREAMHEAD", 5);
		int reads = store.reads();

		Gateway.Response head = gateway.head(ROOT + "STREAMHEAD", "Accept", NDJSON);

		assertThat(head.status()).isEqualTo(200);
		assertThat(head.header("Content-Type")).isEqualTo(NDJSON);
		assertThat(store.reads()).isEqualTo(reads);
	}

	@Test
	void invalidRequestIsProblem() {
		Problems.check(stream("BTC?limit=0"), 400, Problems.OWN + "invalid-parameters");
	}

	@Test
	void outageBeforeTheFirstLineIsProblem() {
		history.addMany("heatmap/STREAMDOWN", 3);
		store.failAfter(0);
		Problems.check(stream("STREAMDOWN"), 503,
				"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP11", "H2C" })
	void outageInTheMiddleAbortsTheResponse(HttpProtocol protocol, CapturedOutput output) {
		history.addMany("heatmap/STREAMABORT", 400);
		store.failAfter(300);
		List<String> parts = new ArrayList<>();

		Flux<String> body = HttpClient.newConnection()
			.protocol(protocol)
			.headers((headers) -> headers.add("Accept", NDJSON))
			.get()
			.uri("http://127.0.0.1:" + gateway.port() + ROOT + "STREAMABORT")
			.response((response, content) -> {
				parts.add(response.status().code() + "\n");
				return content.asString();
			})
			.doOnNext(parts::add);

		assertThatThrownBy(() -> body.blockLast(Duration.ofSeconds(20))).isInstanceOf(RuntimeException.class)
			.isNotInstanceOf(IllegalStateException.class);
		List<String> lines = String.join("", parts).lines().toList();
		assertThat(lines.getFirst()).isEqualTo("200");
		assertThat(lines).hasSizeLessThanOrEqualTo(301);
		assertThat(LogLines.of(SnapshotStream.class, output)).singleElement()
			.asString()
			.contains("WARN", "aborted", "series=heatmap/STREAMABORT", "unavailable");
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void damagedSnapshotInTheMiddleAbortsTheResponse() {
		history.addMany("heatmap/STREAMBROKEN", 3);
		history.addObject("heatmap/STREAMBROKEN", StoredHistory.START.plusSeconds(130), SnapshotFormat.JSON,
				new byte[1], new byte[7]);

		try (RawClient client = request("STREAMBROKEN")) {
			assertThat(client.readToEnd()).contains("{\"number\":1}")
				.doesNotContain("{\"number\":2}")
				.doesNotEndWith("\r\n0\r\n\r\n");
		}
	}

	@Test
	void slowClientLetsTheGatewayReadOneAhead() throws IOException {
		addLarge("heatmap/STREAMSLOW", 6);
		int reads = store.reads();

		try (Socket client = new Socket()) {
			client.setReceiveBufferSize(16 * 1024);
			client.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), gateway.port()));
			client.getOutputStream().write(head("STREAMSLOW").getBytes(StandardCharsets.US_ASCII));
			Awaitility.await().until(() -> store.reads() > reads);
			Awaitility.await()
				.during(Duration.ofMillis(1500))
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(store.reads()).isLessThanOrEqualTo(reads + 2));
			assertThat(client.getInputStream().readNBytes(3 * LARGE)).hasSize(3 * LARGE);
			Awaitility.await().until(() -> store.reads() >= reads + 3);
		}
	}

	@Test
	void streamEndsWithItsClient() {
		addLarge("heatmap/STREAMLEFT", 20);

		try (RawClient client = request("STREAMLEFT")) {
			client.readHead();
			client.reset();
		}

		int reads = store.reads();
		Awaitility.await()
			.during(Duration.ofSeconds(1))
			.atMost(Duration.ofSeconds(10))
			.until(() -> store.reads() <= reads + 2);
	}

	@Test
	void streamBeyondTheLimitIsRefusedUntilOneEnds() {
		addLarge("heatmap/STREAMFULL", 3);
		List<RawClient> clients = new ArrayList<>();
		for (int number = 0; number < 20; number++) {
			clients.add(request("STREAMFULL"));
			clients.getLast().readHead();
		}

		Gateway.Response refused = stream("STREAMNONE");

		JsonNode problem = Problems.check(refused, 503,
				"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
		assertThat(problem.path("detail").asString()).startsWith("too many requests read the history");
		assertThat(refused.header("Retry-After")).isEqualTo("1");
		assertThat(gateway.get(ROOT + "STREAMFULL").status()).isEqualTo(200);
		clients.getFirst().reset();
		Awaitility.await().until(() -> stream("STREAMNONE").status() == 200);
		clients.forEach(RawClient::close);
	}

	private void addLarge(String series, int count) {
		for (int number = 0; number < count; number++) {
			history.add(series, StoredHistory.START.plusSeconds(number), "[" + " ".repeat(LARGE) + number + "]");
		}
	}

	private Gateway.Response stream(String target) {
		return gateway.get(ROOT + target, "Accept", NDJSON);
	}

	private RawClient request(String key) {
		RawClient client = RawClient.of(gateway);
		client.send(head(key));
		return client;
	}

	private static String head(String key) {
		return "GET " + ROOT + key + " HTTP/1.1\r\nHost: a\r\nAccept: " + NDJSON + "\r\n\r\n";
	}

}
