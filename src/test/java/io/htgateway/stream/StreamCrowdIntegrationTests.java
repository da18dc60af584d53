package io.htgateway.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests many streams at once, and a cascade of many fills.
 */
@Tag("replicas")
@GatewayTest
@TestPropertySource(properties = { "gateway.stream.enabled=true", "gateway.stream.max-streams-per-team=1100",
		"gateway.stream.max-buffer=64MB" })
class StreamCrowdIntegrationTests extends StreamTest {

	private static final int CLIENTS = 1_000;

	private static final int MINUTES = 8;

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE", "XRP", "xyz:MSTR",
			"cash:HOOD", "kPEPE");

	@Test
	void thousandClientsThatLeaveAndResumeLoseNothingAndReceiveNothingTwice() throws Exception {
		Random random = new Random(20);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<StreamClient> clients = all(threads, number -> StreamClient.open(gateway, query(number)));
			try (StreamClient _ = StreamClient.open(gateway, "?side=A")) {
				for (int minute = 0; minute < MINUTES; minute++) {
					upstream.liquidate(150, runs.now().plusSeconds(1), runs.now().plusSeconds(59));
					List<Future<?>> leaving = new ArrayList<>();
					for (StreamClient client : clients) {
						if (random.nextInt(4) == 0) {
							leaving.add(threads.submit(() -> {
								client.cutOff();
								client.resume();
							}));
						}
					}
					runs.pass(Duration.ofMinutes(1));
					for (Future<?> each : leaving) {
						each.get();
					}
				}
			}
			assertThat(runs.calls()).isEqualTo(MINUTES);
			List<String> expected = runs.fillsSince(start);
			for (int number = 0; number < CLIENTS; number++) {
				String coin = coin(number);
				List<String> mine = expected.stream()
					.filter((json) -> coin.isEmpty() || json.contains("\"coin\":\"" + coin + "\""))
					.map(StreamCrowdIntegrationTests::trade)
					.toList();
				assertThat(clients.get(number).awaitTrades(mine.size())).as(coin)
					.isEqualTo(mine)
					.doesNotHaveDuplicates();
				assertThat(clients.get(number).events("gap")).isEmpty();
			}
			List<Boolean> _ = all(threads, (number) -> {
				clients.get(number).close();
				return true;
			});
		}
		runs.awaitListeners(0);
		assertThat(runs.log().bytes()).isLessThanOrEqualTo(64L * 1024 * 1024);
	}

	@Test
	void cascadeOfFiftyThousandFillsInAMinuteIsComplete() {
		try (StreamClient client = StreamClient.open(gateway, "");
				StreamClient btc = StreamClient.open(gateway, "?coin=BTC")) {
			upstream.liquidate(50_000, start.plusSeconds(1), start.plusSeconds(59));
			for (int run = 0; run < 6; run++) {
				runs.pass(Duration.ofSeconds(20));
			}
			List<String> all = runs.fillsSince(start).stream().map(StreamCrowdIntegrationTests::trade).toList();
			assertThat(client.awaitTrades(all.size())).isEqualTo(all);
			assertThat(btc.trades()).isNotEmpty().doesNotHaveDuplicates();
			assertThat(runs.calls()).isBetween(50, 70);
		}
	}

	private static String query(int number) {
		String coin = coin(number);
		return coin.isEmpty() ? "" : "?coin=" + coin;
	}

	private static String coin(int number) {
		return (number % 10 == 0) ? "" : COINS.get(number % 10 - 1);
	}

	private static String trade(String json) {
		int from = json.indexOf("\"tid\":") + 6;
		return json.substring(from, json.indexOf(',', from));
	}

	private static <T> List<T> all(ExecutorService threads, Task<T> task) throws Exception {
		List<Callable<T>> tasks = new ArrayList<>();
		for (int number = 0; number < CLIENTS; number++) {
			int client = number;
			tasks.add(() -> task.run(client));
		}
		List<T> results = new ArrayList<>();
		for (Future<T> each : threads.invokeAll(tasks)) {
			results.add(each.get());
		}
		return results;
	}

	/**
	 * What is done for a client.
	 */
	private interface Task<T> {

		T run(int client) throws Exception;

	}

}
