package io.htgateway.web.hit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.PriorKnowledgeClient;
import io.htgateway.testing.SeenRequests;
import io.htgateway.testing.Ways;
import io.htgateway.web.Http2Client;
import io.htgateway.web.Http2Frames;
import io.htgateway.web.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hits over HTTP/2 are those of HTTP/1.1, and leave the connection usable.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class Http2HitIntegrationTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk?limit=20";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private SeenRequests seen;

	@Autowired
	private Ways ways;

	private String etag = "";

	@BeforeEach
	void warm() {
		gateway.get(HEATMAP);
		gateway.get(RISK, "Accept-Encoding", "gzip");
		etag = String.valueOf(gateway.get(RISK).header("ETag"));
	}

	@ParameterizedTest
	@CsvSource({ "GET, Accept, application/json", "HEAD, Accept, */*", "GET, Accept-Encoding, gzip",
			"GET, If-None-Match, ETAG", "GET, If-None-Match, '\"other\"'" })
	void hitIsTheSameOverBothProtocols(String method, String name, String value) {
		String given = value.equals("ETAG") ? etag : value;
		Gateway.Response first = ways.shortWay(method, RISK, name, given);
		int before = seen.count();
		Gateway.Response second = PriorKnowledgeClient.of(gateway).send(method, RISK, name, given);

		assertThat(second.status()).isEqualTo(first.status());
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.headers()).isEqualTo(first.headers());
		assertThat(seen.count()).as("requests that the framework saw").isEqualTo(before);
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void hitsBetweenOtherRequestsAreAnswered() {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			for (int index = 0; index < 20; index++) {
				int stream = 4 * index + 1;
				client.request(stream, Http2Frames.get(RISK));
				client.request(stream + 2, Http2Frames.get("/api/external/fills/liquidation?coin=C" + index));

				assertThat(client.answer(stream).status()).isEqualTo(200);
				assertThat(client.answer(stream + 2).status()).isEqualTo(200);
			}
		}
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(20);
	}

	@Test
	void hitDoesNotWaitForTheRequestThatCameWithIt() {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			for (int index = 0; index < 20; index++) {
				int stream = 4 * index + 1;
				client.send(request(stream, RISK),
						request(stream + 2, "/api/external/fills/liquidation?coin=C" + index));
				List<Integer> order = new ArrayList<>();
				while (order.size() < 4) {
					order.add(Objects.requireNonNull(client.read()).stream());
				}

				assertThat(order).containsExactly(stream, stream, stream + 2, stream + 2);
			}
		}
	}

	private static byte[] request(int stream, String target) {
		return Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_STREAM | Http2Frames.END_HEADERS, stream,
				Http2Frames.get(target));
	}

	// The hits fill the send buffer while the other request has no channel yet.
	@Test
	void requestThatCameWithLargeHitsIsAnswered(CapturedOutput output) {
		try (RawClient connection = RawClient.of(gateway)) {
			connection.send(Http2Frames.PREFACE);
			connection.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0));
			Http2Client client = Http2Client.after(connection);
			client.send(request(1, HEATMAP), request(3, HEATMAP),
					request(5, "/api/external/fills/liquidation?coin=ETH"));
			client.send(Http2Frames.frame(Http2Frames.WINDOW_UPDATE, 0, 0, Http2Frames.hex("3fffffff")));

			assertThat(client.answer(1).status()).isEqualTo(200);
			assertThat(client.answer(3).status()).isEqualTo(200);
			assertThat(client.answer(5).status()).isEqualTo(200);
		}
		assertThat(output).doesNotContain("NullPointerException");
	}

	@Test
	void connectionIsUsableAfterTheClientCancelledAHit() {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, Http2Frames.hex("0004 00000000")));
			client.request(1, Http2Frames.get(HEATMAP));
			client.send(Http2Frames.frame(Http2Frames.RST_STREAM, 0, 1, Http2Frames.hex("00000008")));
			client.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, Http2Frames.hex("0004 0000ffff")));
			client.request(3, Http2Frames.get(RISK));

			assertThat(client.answer(3).status()).isEqualTo(200);
		}
	}

	@Test
	void hitThatIsBeingSentEndsAfterTheClientSaidThatItGoesAway() {
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, Http2Frames.hex("0004 00000000")));
			client.request(1, Http2Frames.get(HEATMAP));
			client.send(Http2Frames.frame(Http2Frames.GOAWAY, 0, 0, Http2Frames.hex("00000000 00000000")));
			client.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, Http2Frames.hex("0004 0000ffff")));

			Http2Client.Answer answer = client.answer(1);

			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.error()).isZero();
			assertThat(answer.body()).isEqualTo(gateway.get(HEATMAP).text());
		}
	}

	@Test
	void requestWithABodyIsNoHit() {
		int before = seen.count();
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			client.send(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, Http2Frames.get(RISK)));
			client.send(Http2Frames.frame(Http2Frames.DATA, Http2Frames.END_STREAM, 1, new byte[3]));

			assertThat(client.answer(1).status()).isEqualTo(200);
		}
		assertThat(seen.count()).isEqualTo(before + 1);
	}

}
