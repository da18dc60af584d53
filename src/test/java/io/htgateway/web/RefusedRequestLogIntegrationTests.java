package io.htgateway.web;

import java.time.Duration;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import io.htgateway.traffic.AccessLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.htgateway.web.Http2Frames.CONTINUATION;
import static io.htgateway.web.Http2Frames.DATA;
import static io.htgateway.web.Http2Frames.END_HEADERS;
import static io.htgateway.web.Http2Frames.END_STREAM;
import static io.htgateway.web.Http2Frames.HEADERS;
import static io.htgateway.web.Http2Frames.RST_STREAM;
import static io.htgateway.web.Http2Frames.frame;
import static io.htgateway.web.Http2Frames.get;
import static io.htgateway.web.Http2Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each request that is refused or ends while it is processed is logged in one line, with
 * the status that its client received.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class RefusedRequestLogIntegrationTests {

	private static final String NEXT = "/api/external/4/assets/liquidation-risk";

	private static final String RISK = "/api/external/3/assets/liquidation-risk";

	private static final String CHUNKED = "GET " + RISK + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

	private static final Duration SLOW = Duration.ofSeconds(1);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private AccessLog log;

	private int start;

	@BeforeEach
	void slow(CapturedOutput output) {
		upstream.delay(Endpoint.RISK, SLOW);
		start = output.getOut().length();
	}

	@ParameterizedTest
	@CsvSource({ "zz, 400", "-1, 400", "20000, 200" })
	void bodyWhenWrongOverHttp11HasOneLineWithTheStatusOfItsAnswer(String chunk, int status, CapturedOutput output) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(CHUNKED + chunk + "\r\n" + "x".repeat((status == 400) ? 16 : 0x20000));
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 " + status + " ").containsOnlyOnce("HTTP/1.1 ");
		}
		assertThat(linesOf(RISK, output)).singleElement().asString().contains(" status=" + status + " ");
	}

	@Test
	void bodyWhenItOverrunsItsWindowOverHttp2HasOneLine(CapturedOutput output) {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(frame(HEADERS, END_HEADERS, 1, get(RISK)));
			awaitCall();
			for (int part = 0; part < 5; part++) {
				client.send(frame(DATA, 0, 1, new byte[16_384]));
			}
			assertThat(client.answer(1).isRefused()).isTrue();
		}
		assertThat(linesOf(RISK, output)).hasSize(1);
	}

	@Test
	void bodyWhenOfAnotherLengthOverHttp2HasOneLine(CapturedOutput output) {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(frame(HEADERS, END_HEADERS, 1, get(RISK, "content-length", "5")));
			awaitCall();
			client.send(frame(DATA, END_STREAM, 1, new byte[4]));
			assertThat(client.answer(1).isRefused()).isTrue();
		}
		assertThat(linesOf(RISK, output)).singleElement().asString().contains(" status=400 outcome=invalid ");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void requestWhenClientGivesItUpOverHttp2HasOneLine(boolean whole, CapturedOutput output) {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, get(RISK)));
			awaitCall();
			if (whole) {
				client.reset();
			}
			else {
				client.send(frame(RST_STREAM, 0, 1, hex("00000008")));
			}
			awaitLine(RISK, output);
		}
		assertThat(linesOf(RISK, output)).singleElement().asString().contains(" status=499 outcome=aborted ");
	}

	@Test
	void requestWhenClientResetsItsConnectionOverHttp11HasOneLine(CapturedOutput output) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n\r\n");
			awaitCall();
			client.reset();
			awaitLine(RISK, output);
		}
		assertThat(linesOf(RISK, output)).singleElement().asString().contains(" status=499 outcome=aborted ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 17, 52 })
	void headersWhenTooLargeOverHttp2HaveOneLine(int fields, CapturedOutput output) {
		String[] headers = new String[2 * fields];
		for (int index = 0; index < headers.length; index += 2) {
			headers[index] = "x";
			headers[index + 1] = "y".repeat(490);
		}
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.request(1, get(RISK, headers));
			assertThat(client.answer(1).status()).isEqualTo(431);
			assertThat(client.ask(3, NEXT).status()).isEqualTo(200);
		}
		log.flush();
		assertThat(lines(output)).filteredOn((line) -> line.contains(" status=431 outcome=invalid ")).hasSize(1);
		assertThat(lines(output)).hasSize(2);
	}

	@Test
	void requestWhenItAsksForAnUpgradeHasOneLine(CapturedOutput output) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + RISK + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
					+ "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ");
		}
		assertThat(linesOf(RISK, output)).singleElement().asString().contains(" status=200 ");
	}

	@Test
	void bodyWhenTooLongBehindSlowRequestsLetsThemBeAnswered(CapturedOutput output) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + NEXT + " HTTP/1.1\r\nHost: a\r\n\r\n" + CHUNKED + "20000\r\n" + "x".repeat(0x20000));
			assertThat(client.read()).startsWith("HTTP/1.1 200 ");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
		}
		assertThat(linesOf(NEXT, output)).hasSize(1);
		assertThat(linesOf(RISK, output)).hasSize(1);
	}

	@Test
	void headersWhenTheyNeverEndLeaveNoLine(CapturedOutput output) {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(frame(HEADERS, END_STREAM, 1, get(RISK)), frame(CONTINUATION, 0, 1));
			client.reset();
		}
		assertThat(gateway.get(NEXT).status()).isEqualTo(200);
		log.flush();
		assertThat(lines(output)).hasSize(1);
	}

	private void awaitCall() {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> upstream.calls(Endpoint.RISK) > 0);
	}

	private void awaitLine(String path, CapturedOutput output) {
		Awaitility.await().until(() -> lines(output).stream().anyMatch((line) -> line.contains("path=" + path)));
	}

	// The line of a request is logged before the next request of another client.
	private List<String> linesOf(String path, CapturedOutput output) {
		awaitLine(path, output);
		assertThat(gateway.get("/nothing").status()).isEqualTo(404);
		log.flush();
		return lines(output).stream().filter((line) -> line.contains("path=" + path + " ")).toList();
	}

	private List<String> lines(CapturedOutput output) {
		return output.getOut().substring(start).lines().filter((line) -> line.contains("io.htgateway.access")).toList();
	}

}
