package io.htgateway.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.web.RawClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the requests for streams, of which five may be open, and the smallest buffer.
 */
@GatewayTest
@TestPropertySource(properties = { "gateway.stream.enabled=true", "gateway.stream.max-buffer=4MB",
		"gateway.stream.max-streams-per-team=5", "gateway.cors.allowed-origins=https://dashboard.example" })
class StreamRequestIntegrationTests extends StreamTest {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final long BUFFER = 4L * 1024 * 1024;

	@Autowired
	private MeterRegistry meters;

	@Test
	void linesHaveTheSameEvents() {
		try (RawClient client = open("application/x-ndjson")) {
			String head = client.readHead();
			runs.awaitListeners(1);
			upstream.liquidate(3, start.plusSeconds(1), start.plusSeconds(20));
			runs.pass(MINUTE);
			List<String> fills = runs.fillsSince(start);
			StringBuilder received = new StringBuilder();
			while (!received.toString().contains(fills.getLast())) {
				received.append(new String(client.readBytes(1), StandardCharsets.UTF_8));
			}
			assertThat(head).contains("Content-Type: application/x-ndjson", "Cache-Control: no-store",
					"Vary: Accept, Origin", "X-Accel-Buffering: no");
			assertThat(received.toString())
				.contains("{\"event\":\"heartbeat\",\"id\":\"" + start.toEpochMilli() + "-0\"}\n")
				.contains("{\"event\":\"fill\",\"id\":\"")
				.contains(",\"data\":" + fills.getFirst() + "}\n");
		}
	}

	@Test
	void gapIsTheFirstEventThatHasAnId() {
		String old = start.minus(Duration.ofHours(3)).toEpochMilli() + "-5";
		try (RawClient client = RawClient.of(gateway)) {
			client.send("GET " + StreamClient.PATH + " HTTP/1.1\r\nHost: a\r\nLast-Event-ID: " + old + "\r\n\r\n");
			client.readHead();
			StringBuilder received = new StringBuilder();
			while (!received.toString().contains("\"to\"")) {
				received.append(new String(client.readBytes(1), StandardCharsets.UTF_8));
			}
			assertThat(received.toString()).containsOnlyOnce("id: ")
				.contains("id: " + start.minus(Duration.ofMinutes(3)).toEpochMilli()
						+ "-0\nevent: gap\ndata: {\"from\":");
		}
	}

	@Test
	void headOpensNoStream() {
		Gateway.Response head = gateway.head(StreamClient.PATH);
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
		assertThat(runs.feed().countListeners()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "?coin=BTC,ETH", "?coin=", "?side=a", "?address=0x12", "?min-value=-1", "?min-value=1e6",
			"?start=2026-11-02", "?minValue=5", "?side=A&side=B" })
	void wrongParameterIsProblem(String query) {
		Problems.check(gateway.get(StreamClient.PATH + query), 400, Problems.OWN + "invalid-parameters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "1-2-3", "-5", "99999999999999999-1", "1-9999999999999999999", "a-b" })
	void wrongIdIsProblem(String id) {
		Gateway.Response response = gateway.get(StreamClient.PATH, "Last-Event-ID", id);
		Problems.check(response, 400, Problems.OWN + "invalid-parameters");
		assertThat(response.text()).contains(id, "must be the id of an event, unchanged");
	}

	@Test
	void unacceptableTypeIsProblem() {
		assertThat(gateway.get(StreamClient.PATH, "Accept", "text/html").status()).isEqualTo(406);
	}

	@Test
	void streamBeyondTheLimitOfTheTeamIsRefusedUntilOneEnds() {
		List<StreamClient> clients = new ArrayList<>();
		for (int number = 0; number < 5; number++) {
			clients.add(StreamClient.open(gateway, ""));
		}
		Gateway.Response refused = gateway.get(StreamClient.PATH);
		Problems.check(refused, 429, "https://iana.org/assignments/http-problem-types#quota-exceeded");
		assertThat(refused.text()).contains("the team has its 5 open streams");
		assertThat(refused.header("Retry-After")).isEqualTo("5");
		clients.removeFirst().close();
		runs.awaitListeners(4);
		clients.add(StreamClient.open(gateway, ""));
		clients.forEach(StreamClient::close);
	}

	@Test
	void slowClientIsDroppedAndCostsNoMemory() throws IOException {
		double before = dropped();
		try (Socket slow = new Socket(); StreamClient fast = StreamClient.open(gateway, "?side=A")) {
			slow.setReceiveBufferSize(16 * 1024);
			slow.setSoTimeout(30_000);
			slow.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), gateway.port()));
			slow.getOutputStream()
				.write(("GET " + StreamClient.PATH + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			runs.awaitListeners(2);
			for (int minute = 0; minute < 8; minute++) {
				upstream.liquidate(3_000, runs.now().plusSeconds(1), runs.now().plusSeconds(50));
				runs.pass(MINUTE);
				List<String> asks = runs.fillsSince(start)
					.stream()
					.filter((json) -> json.contains("\"side\":\"A\""))
					.toList();
				assertThat(fast.awaitFills(asks.size())).isEqualTo(asks);
				assertThat(runs.log().bytes()).isLessThanOrEqualTo(BUFFER);
			}
			String received = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(received.length()).isBetween(10_000, 14_000_000);
			assertThat(received).contains("event: end\ndata: {\"reason\":\"slow\"}\n\n");
		}
		runs.awaitListeners(0);
		assertThat(dropped() - before).isEqualTo(1);
	}

	@Test
	void streamIsRenewedAfterItsLongestTime() {
		try (StreamClient client = StreamClient.open(gateway, "")) {
			runs.clock().advance(Listener.LIFETIME);
			upstream.liquidate(1, runs.now().minusSeconds(1), runs.now());
			runs.pass(Duration.ZERO);
			assertThat(client.await("end").data()).isEqualTo("{\"reason\":\"renew\"}");
			Awaitility.await().until(client::isEnded);
			client.resume();
			upstream.liquidate(1, runs.now(), runs.now());
			runs.pass(MINUTE);
			List<String> all = runs.fillsSince(start);
			assertThat(client.awaitFills(all.size())).isEqualTo(all);
		}
	}

	@Test
	void pageOfAnAllowedOriginMayResume() {
		Gateway.Response preflight = gateway
			.send("OPTIONS", StreamClient.PATH, "Origin", "https://dashboard.example", "Access-Control-Request-Method",
					"GET", "Access-Control-Request-Headers", "authorization,last-event-id")
			.join();
		assertThat(preflight.status()).isEqualTo(204);
	}

	private double dropped() {
		return meters.get("gateway.stream.dropped").functionCounter().count();
	}

	private RawClient open(String accept) {
		RawClient client = RawClient.of(gateway);
		client.send("GET " + StreamClient.PATH + " HTTP/1.1\r\nHost: a\r\nAccept: " + accept + "\r\n\r\n");
		return client;
	}

}
