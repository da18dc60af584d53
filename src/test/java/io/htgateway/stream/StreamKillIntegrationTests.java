package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a crowd that listens to a cascade of fills at three replicas, of which two are
 * killed while they poll.
 */
@Tag("faults")
class StreamKillIntegrationTests {

	private static final int CLIENTS = 1_000;

	private static final int FILLS = 50_000;

	private static final Duration CASCADE = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final long BUFFER = 64L * 1024 * 1024;

	private static final Pattern CALLS = Pattern.compile("gateway_stream_calls_total(?:\\{[^}]*})? ([0-9.E]+)");

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE", "XRP", "xyz:MSTR",
			"cash:HOOD", "kPEPE");

	private final Random random = new Random(20);

	@Test
	void crowdLosesNothingAndReceivesNothingTwiceWhenPollersAreKilled() throws Exception {
		try (RedisServer redis = RedisServer.start();
				Replicas replicas = Replicas.on(redis)
					.with("gateway.stream.enabled", true)
					.with("gateway.stream.interval", "5s")
					.with("gateway.stream.max-buffer", BUFFER + "B")
					.with("gateway.stream.max-streams-per-team", 2_000);
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int number = 0; number < 3; number++) {
				replicas.addProcess();
			}
			List<StreamClient> clients = new ArrayList<>();
			for (int number = 0; number < CLIENTS; number++) {
				clients.add(StreamClient.ofTrades(replicas.gateway(number % 3), query(number)));
			}
			all(threads, clients, StreamClient::resume);
			long heap = heap(replicas);
			assertThat(heap).isPositive();
			Instant start = Instant.now();
			Instant end = start.plus(CASCADE);
			replicas.upstream().liquidate(FILLS - 2_500, start.plusSeconds(1), end);
			replicas.upstream().liquidate(2_500, start.plusSeconds(30), start.plusSeconds(30));
			leaveUntil(start.plusSeconds(20), clients, replicas, threads);
			killPoller(replicas);
			leaveUntil(start.plusSeconds(40), clients, replicas, threads);
			killPoller(replicas);
			leaveUntil(end.plusSeconds(10), clients, replicas, threads);

			List<String> expected = StreamRuns.fillsSince(replicas.upstream(), start)
				.stream()
				.filter((json) -> json.contains("\"tid\":7"))
				.toList();
			assertThat(expected).hasSize(FILLS);
			for (int number = 0; number < CLIENTS; number++) {
				StreamClient client = clients.get(number);
				List<Long> mine = trades(expected, number);
				Awaitility.await().atMost(PATIENCE).until(() -> {
					resume(client, replicas);
					return cascade(client).size() >= mine.size();
				});
				assertThat(cascade(client)).as("client %s", number).doesNotHaveDuplicates().isEqualTo(mine);
				assertThat(client.events("gap")).isEmpty();
			}
			assertThat(replicas.upstream().calls(Endpoint.FILLS)).isLessThan(300);
			assertThat(heap(replicas) - heap).as("growth of the heap").isLessThan(BUFFER + 16L * 1024 * 1024);
			all(threads, clients, StreamClient::close);
		}
	}

	// The one that remains has all clients at the end.
	private static long heap(Replicas replicas) {
		return ((ReplicaProcess) replicas.all().getLast()).usedHeap();
	}

	private static List<Long> cascade(StreamClient client) {
		return client.receivedTrades().stream().filter((trade) -> trade >= 700_000_000_000_000L).toList();
	}

	// Clients leave and resume all the time, at any replica.
	private void leaveUntil(Instant time, List<StreamClient> clients, Replicas replicas, ExecutorService threads)
			throws Exception {
		while (Instant.now().isBefore(time)) {
			List<StreamClient> leaving = new ArrayList<>();
			for (StreamClient client : clients) {
				if (client.isEnded() || random.nextInt(20) == 0) {
					leaving.add(client);
				}
			}
			all(threads, leaving, (client) -> client.moveTo(any(replicas)));
		}
	}

	private void resume(StreamClient client, Replicas replicas) {
		if (client.isEnded()) {
			client.moveTo(any(replicas));
		}
	}

	private Gateway any(Replicas replicas) {
		List<Gateway> gateways = replicas.gateways();
		synchronized (random) {
			return gateways.get(random.nextInt(gateways.size()));
		}
	}

	private static void killPoller(Replicas replicas) {
		int before = replicas.upstream().calls(Endpoint.FILLS);
		List<Double> calls = replicas.all().stream().map(StreamKillIntegrationTests::calls).toList();
		List<Replica> pollers = new ArrayList<>();
		Awaitility.await().atMost(PATIENCE).until(() -> {
			for (int number = 0; number < calls.size(); number++) {
				if (calls(replicas.all().get(number)) > calls.get(number)) {
					pollers.add(replicas.all().get(number));
				}
			}
			return !pollers.isEmpty();
		});
		assertThat(pollers).hasSize(1);
		((ReplicaProcess) pollers.getFirst()).kill();
		replicas.forget(pollers.getFirst());
		int killed = replicas.upstream().calls(Endpoint.FILLS);
		assertThat(killed).isGreaterThan(before);
		Instant at = Instant.now();
		Awaitility.await().atMost(PATIENCE).until(() -> replicas.upstream().calls(Endpoint.FILLS) > killed);
		assertThat(Duration.between(at, Instant.now())).isLessThan(Duration.ofSeconds(15));
	}

	private static double calls(Replica replica) {
		Matcher matcher = CALLS.matcher(replica.gateway().actuator("/prometheus").text());
		return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
	}

	private static String query(int number) {
		return (number % 100 == 0) ? "" : "?coin=" + COINS.get(number % COINS.size()) + "&min-value=20000";
	}

	private static List<Long> trades(List<String> fills, int number) {
		String coin = "\"coin\":\"" + COINS.get(number % COINS.size()) + "\"";
		return fills.stream()
			.filter((json) -> number % 100 == 0
					|| (json.contains(coin) && number(json, "px") * number(json, "sz") >= 20_000))
			.map((json) -> (long) number(json, "tid"))
			.toList();
	}

	private static double number(String json, String name) {
		int from = json.indexOf("\"" + name + "\":") + name.length() + 3;
		int start = (json.charAt(from) == '"') ? from + 1 : from;
		int end = start;
		while (Character.isDigit(json.charAt(end)) || json.charAt(end) == '.') {
			end++;
		}
		return Double.parseDouble(json.substring(start, end));
	}

	private static void all(ExecutorService threads, List<StreamClient> clients, Task task) throws Exception {
		List<Callable<Boolean>> tasks = clients.stream().map((client) -> (Callable<Boolean>) () -> {
			task.run(client);
			return true;
		}).toList();
		for (Future<Boolean> each : threads.invokeAll(tasks)) {
			try {
				assertThat(each.get()).isTrue();
			}
			catch (ExecutionException killed) {
				// The client resumes later.
				assertThat(killed).hasCauseInstanceOf(IllegalStateException.class);
			}
		}
	}

	/**
	 * What a client does.
	 */
	private interface Task {

		void run(StreamClient client);

	}

}
