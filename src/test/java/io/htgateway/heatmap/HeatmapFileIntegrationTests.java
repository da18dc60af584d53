package io.htgateway.heatmap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.GzipFile;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that are too large, malformed, or not heatmaps.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.downloads.max-size=64KB")
class HeatmapFileIntegrationTests {

	private static final Duration BACKOFF = Duration.ofSeconds(5);

	private static final String SOL = "/api/external/exports/coins/SOL/liquidation-heatmap";

	private static final int MAX_SIZE = 64 * 1024;

	private static final long ENDLESS = 64L * 1024 * 1024;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void fileWhenOfLargestSizeIsServed(boolean packed) {
		byte[] largest = heatmap(MAX_SIZE);
		upstream.answer(Endpoint.DOWNLOAD, WireMock.ok().withBody(packed ? GzipFile.of(largest) : largest));

		assertThat(gateway.get(SOL).body()).isEqualTo(largest);
	}

	@Test
	void fileWhenLargerThanAllowedIsRefused() {
		assertRefusedAndNotStored(WireMock.ok().withBody(heatmap(MAX_SIZE + 1)), "over the size limit");
	}

	@Test
	void fileWhenLargerThanAllowedOnceUnpackedIsRefused() {
		assertRefusedAndNotStored(WireMock.ok().withBody(GzipFile.of(heatmap(MAX_SIZE + 1))), "over the size limit");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void fileWhenGzipBombIsRefused(boolean declared) {
		byte[] bomb = GzipFile.of(heatmap(40 * 1024 * 1024));
		assertThat(bomb).hasSizeLessThan(MAX_SIZE);

		ResponseDefinitionBuilder answer = WireMock.ok().withBody(bomb);
		assertRefusedAndNotStored(declared ? answer.withHeader("Content-Encoding", "gzip") : answer,
				"over the size limit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\nContent-Length: 68719476736" })
	void fileWhenEndlessIsBrokenOffEarly(String head) {
		AtomicLong written = new AtomicLong();
		try (ScriptedServer server = ScriptedServer.start((out) -> {
			out.write((head.replace("\n", "\r\n") + "\r\n\r\n{\"heatmap\":[").getBytes(StandardCharsets.US_ASCII));
			byte[] spaces = heatmap(8192);
			while (written.addAndGet(spaces.length) < ENDLESS) {
				out.write(spaces, 100, spaces.length - 100);
			}
		})) {
			upstream.answer(Endpoint.HEATMAP, redirectTo(server));

			Problems.check(gateway.get(SOL), 502, Problems.OWN + "upstream-failed");
		}
		assertThat(written.get()).isPositive().isLessThan(ENDLESS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\nContent-Length: 100000",
			"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1f", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz",
			"HTTP/1.1 200 OK\nContent-Length: 5", "SSH-2.0-OpenSSH", "" })
	void fileWhenCutOffOrGarbageIsNotServed(String head) {
		byte[] body = "{\"coin\":\"SOL\",\"heatmap\":[1,2,3]}".getBytes(StandardCharsets.US_ASCII);
		try (ScriptedServer server = ScriptedServer.answering(head, body)) {
			upstream.answer(Endpoint.HEATMAP, redirectTo(server));

			Problems.check(gateway.get(SOL), 502, Problems.OWN + "upstream-failed");
		}
		assertServedFrom(2);
	}

	@Test
	void fileWhenNothingListensIsNotServed() {
		ScriptedServer server = ScriptedServer.answering("", new byte[0]);
		server.close();
		upstream.answer(Endpoint.HEATMAP, redirectTo(server));

		Problems.check(gateway.get(SOL), 502, Problems.OWN + "upstream-failed");
		assertServedFrom(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"coin\":\"SOL\",\"heatmap\":[1,2", "{\"coin\":\"SOL\",\"heatmap\":[1]",
			"<html>Sorry</html>", "[]", "null", "{}", "{\"heatmap\":{}}", "{\"heatmap\":null}", "{\"heatmap\":[]}x",
			"{\"heatmap\":[]}{\"heatmap\":[]}", "{\"heatmap\":[],\"heatmap\":[]}", "{\"heatmap\":[01]}" })
	void fileWhenNoHeatmapIsNotServed(String body) {
		assertRefusedAndNotStored(WireMock.ok().withHeader("Content-Type", "application/json").withBody(body), "");
	}

	@Test
	void fileWhenPackedAndCutOffIsNotServed() {
		byte[] packed = GzipFile.of(upstream.heatmapBody("SOL"));

		assertRefusedAndNotStored(WireMock.ok().withBody(Arrays.copyOf(packed, packed.length - 100)), "broken gzip");
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 206, 304, 400, 403, 410, 500, 503 })
	void fileWhenStoreRefusesIsNotServed(int status) {
		assertRefusedAndNotStored(WireMock.status(status), "the object store answered " + status);
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void fileWhenConnectionFailsIsNotServed(Fault fault) {
		assertRefusedAndNotStored(WireMock.aResponse().withFault(fault), "");
	}

	private void assertRefusedAndNotStored(ResponseDefinitionBuilder file, String detail) {
		upstream.answer(Endpoint.DOWNLOAD, file);

		Gateway.Response response = gateway.get(SOL);

		assertThat(Problems.check(response, 502, Problems.OWN + "upstream-failed").path("detail").asString())
			.contains(detail);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(1);
		assertServedFrom(2);
	}

	// No other state in between, so that only the stored response could differ.
	private void assertServedFrom(int call) {
		int calls = upstream.calls(Endpoint.HEATMAP);
		upstream.reset();
		clock.advance(BACKOFF);

		assertThat(gateway.get(SOL).body()).isEqualTo(upstream.heatmapBody("SOL"));
		assertThat(calls + upstream.calls(Endpoint.HEATMAP)).isEqualTo(call);
	}

	private static ResponseDefinitionBuilder redirectTo(ScriptedServer server) {
		return WireMock.status(302).withHeader("Location", server.uri().toString());
	}

	private static byte[] heatmap(int size) {
		byte[] json = new byte[size];
		Arrays.fill(json, (byte) ' ');
		byte[] text = "{\"coin\":\"SOL\",\"heatmap\":[]}".getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(text, 0, json, 0, text.length);
		return json;
	}

}
