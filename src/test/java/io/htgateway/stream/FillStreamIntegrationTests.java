package io.htgateway.stream;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.stream.event.FillId;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests one stream against the simulator.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.stream.enabled=true")
class FillStreamIntegrationTests extends StreamTest {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void eachFillComesOnceInOrderWithItsOwnBytes() {
		try (StreamClient client = StreamClient.open(gateway, "")) {
			upstream.liquidate(30, start.plusSeconds(5), start.plusSeconds(170));
			runs.pass(SECOND);
			runs.pass(MINUTE);
			runs.pass(MINUTE);
			runs.pass(MINUTE);
			assertAll(client);
			assertThat(client.events()).allSatisfy((event) -> assertThat(event.name()).isEqualTo("fill"));
			assertThat(runs.calls()).isEqualTo(4);
		}
	}

	@Test
	void fillsOfOneMillisecondOnSeveralPagesComeOnce() {
		try (StreamClient client = StreamClient.open(gateway, "")) {
			upstream.liquidate(2_500, start.plusSeconds(5), start.plusSeconds(5));
			upstream.liquidate(1_500, start.plusSeconds(6), start.plusSeconds(7));
			runs.pass(MINUTE);
			runs.pass(MINUTE);
			assertAll(client);
		}
	}

	@Test
	void nobodyListensAndNothingIsPolled() {
		StreamClient.open(gateway, "").close();
		runs.awaitListeners(0);
		runs.pass(MINUTE);
		runs.pass(MINUTE);
		assertThat(runs.calls()).isZero();
	}

	@Test
	void pollsOccurOncePerIntervalForAllListeners() {
		try (StreamClient _ = StreamClient.open(gateway, ""); StreamClient _ = StreamClient.open(gateway, "?side=A")) {
			for (int second = 0; second < 181; second++) {
				runs.pass(SECOND);
			}
			assertThat(runs.calls()).isEqualTo(4);
		}
	}

	@Test
	void clientThatResumesReceivesTheFillsInBetween() {
		try (StreamClient client = StreamClient.open(gateway, "")) {
			upstream.liquidate(100, start.plusSeconds(1), start.plusSeconds(600));
			for (int minute = 0; minute < 5; minute++) {
				runs.pass(MINUTE);
				client.cutOff();
				runs.awaitListeners(0);
				runs.pass(MINUTE);
				client.resume();
				runs.pass(Duration.ZERO);
			}
			assertAll(client);
			assertThat(client.events("gap")).isEmpty();
		}
	}

	@Test
	void clientResumesBetweenTheSidesOfATrade() {
		upstream.liquidate(5, start.plusSeconds(1), start.plusSeconds(20));
		upstream.liquidateBothSides(start.plusSeconds(10));
		upstream.liquidateBothSides(start.plusSeconds(10));
		try (StreamClient client = StreamClient.open(gateway, "")) {
			runs.pass(MINUTE);
			assertAll(client);
			List<StreamClient.Event> fills = client.events("fill");
			for (int received = 1; received < fills.size(); received++) {
				try (StreamClient next = StreamClient.after(gateway, String.valueOf(fills.get(received - 1).id()))) {
					assertThat(next.awaitFills(fills.size() - received))
						.isEqualTo(client.fills().subList(received, fills.size()));
				}
			}
		}
	}

	@Test
	void fillThatIsPublishedLateComesOnce() {
		try (StreamClient client = StreamClient.open(gateway, "")) {
			upstream.liquidate(2, start.plusSeconds(50), start.plusSeconds(58));
			upstream.liquidateLate(start.plusSeconds(49), Duration.ofSeconds(30));
			runs.pass(MINUTE);
			int early = client.awaitFills(runs.fillsSince(start).size()).size();
			runs.pass(MINUTE);
			runs.pass(MINUTE);
			List<String> all = runs.fillsSince(start);
			assertThat(client.awaitFills(all.size())).hasSizeGreaterThan(early)
				.containsExactlyInAnyOrderElementsOf(all);
		}
	}

	@Test
	void failureLosesNothingAndIsReported() {
		try (StreamClient client = StreamClient.open(gateway, "")) {
			upstream.liquidate(3_000, start.plusSeconds(1), start.plusSeconds(100));
			runs.pass(MINUTE);
			upstream.answer(Endpoint.FILLS, WireMock.badRequest());
			runs.pass(MINUTE);
			assertThat(client.await("interval").data()).isEqualTo("{\"seconds\":60,\"reason\":\"upstream\"}");
			upstream.reset();
			runs.pass(MINUTE);
			assertAll(client);
			assertThat(client.events("interval")).last()
				.extracting(StreamClient.Event::data)
				.isEqualTo("{\"seconds\":60,\"reason\":\"configured\"}");
			assertThat(client.events("gap")).isEmpty();
		}
	}

	@Test
	void idOlderThanTheBufferBringsAGap() {
		String before = new FillId(start.minus(Duration.ofHours(3)).toEpochMilli(), 5).toString();
		try (StreamClient _ = StreamClient.open(gateway, ""); StreamClient late = StreamClient.after(gateway, before)) {
			assertThat(late.await("gap").data()).isEqualTo("{\"from\":\"%s\",\"to\":\"%s\"}"
				.formatted(start.minus(Duration.ofHours(3)), start.minus(Duration.ofMinutes(3))));
			upstream.liquidate(5, start.plusSeconds(1), start.plusSeconds(20));
			runs.pass(MINUTE);
			List<String> all = runs.fillsSince(start.minus(Duration.ofMinutes(3)));
			assertThat(late.awaitFills(all.size())).isEqualTo(all);
		}
	}

	@Test
	void idOfARestartedGatewayIsFilledFromTheUpstream() {
		upstream.liquidate(10, start.plusSeconds(1), start.plusSeconds(1_000));
		runs.clock().advance(Duration.ofMinutes(20));
		List<String> all = runs.fillsSince(start);
		String id = new FillId(start.toEpochMilli(), 0).toString();
		try (StreamClient client = StreamClient.after(gateway, id)) {
			runs.pass(SECOND);
			assertThat(client.awaitFills(all.size())).isEqualTo(all);
			assertThat(client.events("gap")).isEmpty();
		}
	}

	@Test
	void clientThatResumesAfterOthersBeganAtARestartedGatewayLosesNothing() {
		upstream.liquidate(40, start.plusSeconds(1), start.plusSeconds(200));
		runs.clock().advance(Duration.ofSeconds(150));
		String id = new FillId(start.toEpochMilli(), 0).toString();
		try (StreamClient _ = StreamClient.open(gateway, "")) {
			runs.pass(SECOND);
			try (StreamClient client = StreamClient.after(gateway, id)) {
				runs.pass(MINUTE);
				assertAll(client);
				assertThat(client.events("gap")).isEmpty();
			}
		}
		assertThat(runs.calls()).isEqualTo(2);
	}

	@Test
	void filtersSelectFills() {
		try (StreamClient coin = StreamClient.open(gateway, "?coin=btc");
				StreamClient side = StreamClient.open(gateway, "?side=A");
				StreamClient value = StreamClient.open(gateway, "?min-value=20000");
				StreamClient all = StreamClient.open(gateway, "")) {
			upstream.liquidate(200, start.plusSeconds(1), start.plusSeconds(50));
			runs.pass(MINUTE);
			List<String> fills = all.awaitFills(runs.fillsSince(start).size());
			String address = fills.getFirst().replaceAll(".*\"address\":\"([^\"]*)\".*", "$1");
			List<String> btc = fills.stream().filter((json) -> json.contains("\"coin\":\"BTC\"")).toList();
			List<String> asks = fills.stream().filter((json) -> json.contains("\"side\":\"A\"")).toList();
			List<String> large = fills.stream()
				.filter((json) -> number(json, "px") * number(json, "sz") >= 20_000)
				.toList();
			assertThat(btc).isNotEmpty();
			assertThat(large).isNotEmpty().hasSizeLessThan(fills.size());
			assertThat(coin.awaitFills(btc.size())).isEqualTo(btc);
			assertThat(side.awaitFills(asks.size())).isEqualTo(asks);
			assertThat(value.awaitFills(large.size())).isEqualTo(large);
			String first = new FillId(start.toEpochMilli(), 0).toString();
			try (StreamClient wallet = StreamClient.open(gateway,
					"?address=" + address.replace("a", "A").replace("b", "B"), "Last-Event-ID", first)) {
				assertThat(wallet.awaitFills(1)).allSatisfy((json) -> assertThat(json).contains(address));
			}
		}
	}

	private void assertAll(StreamClient client) {
		List<String> all = runs.fillsSince(start);
		assertThat(client.awaitFills(all.size())).isEqualTo(all);
	}

	private static double number(String json, String name) {
		return Double.parseDouble(json.replaceAll(".*\"" + name + "\":([0-9.]+).*", "$1"));
	}

}
