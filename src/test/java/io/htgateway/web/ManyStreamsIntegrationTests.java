package io.htgateway.web;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many concurrent requests on one HTTP/2 connection.
 */
@SecurityTest
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
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			for (int round = 0; round < 3; round++) {
				List<Integer> streams = IntStream.range(round * requests, (round + 1) * requests)
					.mapToObj((index) -> 2 * index + 1)
					.toList();
				streams.forEach((stream) -> client.request(stream, Http2Frames.get(RISK)));
				List<Http2Client.Answer> answers = streams.stream().map(client::answer).toList();
				assertThat(answers).containsOnly(answers.getFirst());
				assertThat(answers.getFirst().status()).isEqualTo(200);
			}
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void connectionWhenItHasAsManyStreamsAsItMayAnswersAllAndRefusesOneMore() {
		gateway.get(RISK);
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			// Without a window, no response ends.
			client.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, Http2Frames.hex("0004 00000000")));
			for (int index = 0; index < LIMIT; index++) {
				client.request(2 * index + 1, Http2Frames.get(RISK));
			}
			int next = 2 * LIMIT + 1;
			client.request(next, Http2Frames.get(RISK));
			assertThat(client.answer(next)).isEqualTo(new Http2Client.Answer(0, "", REFUSED_STREAM));

			client.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, Http2Frames.hex("0004 0000ffff")));
			int answered = 0;
			while (answered < LIMIT) {
				Http2Client.Frame frame = Objects.requireNonNull(client.read(), "closed after " + answered);
				answered += frame.endsStream() ? 1 : 0;
			}
		}
	}

}
