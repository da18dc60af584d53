package io.htgateway.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Many requests at once on one connection of HTTP/2.
 */
@GatewayTest
class ManyStreamsIntegrationTests {

	private static final String RISK = "/api/external/10/assets/liquidation-risk?limit=5";

	private static final int LIMIT = 1_000;

	private static final int REFUSED_STREAM = 7;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@ValueSource(ints = { 200, 1_000 })
	void requestsWhenManyAreSentAtOnceAreAllAnswered(int requests) {
		upstream.delay(Endpoint.RISK, Duration.ofMillis(300));
		try (HttpClient client = HttpClient.newHttpClient()) {
			URI target = URI.create("http://127.0.0.1:" + gateway.port() + RISK);
			ManyRequests.send(client, target, requests);
			ManyRequests.send(client, target, requests);
			ManyRequests.send(client, target, requests);
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void connectionWhenItHasAsManyStreamsAsItMayAnswersAllAndRefusesOneMore() {
		upstream.delay(Endpoint.RISK, Duration.ofMillis(800));
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			byte[][] requests = new byte[LIMIT][];
			for (int index = 0; index < LIMIT; index++) {
				requests[index] = Http2Client.frame(Http2Client.HEADERS,
						Http2Client.END_HEADERS | Http2Client.END_STREAM, 2 * index + 1, Http2Client.get(RISK));
			}
			client.send(requests);
			client.request(2 * LIMIT + 1, Http2Client.get(RISK));
			List<Http2Client.Frame> ends = new ArrayList<>();
			while (ends.size() <= LIMIT) {
				Http2Client.Frame frame = client.read();
				assertThat(frame).as("after %s", ends.size()).isNotNull();
				if (frame.endsStream() || frame.type() == Http2Client.RST_STREAM) {
					ends.add(frame);
				}
			}
			assertThat(ends).filteredOn((frame) -> frame.type() == Http2Client.RST_STREAM)
				.extracting(Http2Client.Frame::stream, Http2Client.Frame::error)
				.containsExactly(tuple(2 * LIMIT + 1, REFUSED_STREAM));
		}
		Awaitility.await().until(() -> upstream.calls(Endpoint.RISK) == 1);
	}

}
