package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.stream.event.FillId;
import io.htgateway.stream.poll.FillPoller;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests streams of replicas that share a Redis. Their clock moves only when the test
 * moves it. The turn to poll expires by the clock of Redis.
 */
@Tag("replicas")
class StreamReplicasIntegrationTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:02:00Z"));

	private final Instant start = clock.instant();

	private final Replicas replicas = Replicas.on(RedisServer.shared(), clock).with("gateway.stream.enabled", true);

	@AfterEach
	void close() {
		replicas.close();
	}

	@Test
	void allReplicasStreamTheFillsOfOnePoller() {
		start(3);
		try (StreamClient first = StreamClient.open(replicas.gateway(0), "");
				StreamClient second = StreamClient.open(replicas.gateway(1), "");
				StreamClient third = StreamClient.open(replicas.gateway(2), "")) {
			liquidate(100, 300);
			replicas.upstream().liquidateBothSides(start.plusSeconds(10));
			pass(5);
			List<String> all = all();
			for (StreamClient client : List.of(first, second, third)) {
				assertThat(client.awaitFills(all.size())).isEqualTo(all);
				assertThat(client.events("gap")).isEmpty();
			}
			assertThat(calls()).isEqualTo(5);
		}
	}

	@Test
	void idOfOneReplicaResumesAtAllOthers() {
		start(3);
		StreamClient client = StreamClient.open(replicas.gateway(0), "");
		liquidate(200, 800);
		try (StreamClient _ = StreamClient.open(replicas.gateway(0), "")) {
			for (int round = 1; round <= 12; round++) {
				pass(1);
				client.moveTo(replicas.gateway(round % 3));
			}
			pass(2);
			assertThat(client.awaitFills(all().size())).isEqualTo(all());
			assertThat(client.events("gap")).isEmpty();
		}
		client.close();
	}

	@Test
	void nobodyListensAndNothingIsPolled() {
		start(2);
		StreamClient.open(replicas.gateway(0), "").close();
		for (Replica replica : replicas.all()) {
			Awaitility.await().until(() -> context(replica).bean(Feed.class).countListeners() == 0);
		}
		pass(3);
		assertThat(calls()).isZero();
	}

	// A share of 32 calls a day: 3 can be saved, so one comes every 48 minutes.
	@Test
	void shareIsThatOfAllReplicasAndAnotherGoesOnInTheMiddleOfAPoll() {
		replicas.with("gateway.budget.per-day", 3_200)
			.with("gateway.stream.max-share", 0.01)
			.with("gateway.budget.assume-even-spend", false)
			.with("gateway.stream.max-buffer", "64MB");
		start(2);
		StreamClient client = StreamClient.open(replicas.gateway(0), "");
		try (StreamClient other = StreamClient.open(replicas.gateway(1), "")) {
			liquidate(9_500, 59);
			pass(1);
			assertThat(calls()).isEqualTo(1);
			client.close();
			replicas.stop(replicas.all().getFirst());
			for (int minute = 5; minute < 500; minute += 5) {
				clock.advance(Duration.ofMinutes(5));
				other.moveTo(replicas.gateway(0));
				run();
				assertThat(calls()).isLessThanOrEqualTo(1 + (minute + 1) / 48);
			}
			assertThat(calls()).as("%s", other.events("interval")).isBetween(10, 11);
			List<String> cascade = cascade(all());
			Awaitility.await().until(() -> cascade(other.fills()).size() >= cascade.size());
			assertThat(cascade(other.fills())).isEqualTo(cascade).hasSize(9_500);
			assertThat(other.events("gap")).isEmpty();
		}
	}

	@Test
	void replicaThatWasIdleCatchesUpWithTheOthers() {
		start(2);
		try (StreamClient first = StreamClient.open(replicas.gateway(0), "")) {
			liquidate(3_000, 600);
			pass(11);
			List<String> all = all();
			assertThat(first.awaitFills(all.size())).isEqualTo(all);
			String id = new FillId(start.toEpochMilli(), 0).toString();
			try (StreamClient late = StreamClient.after(replicas.gateway(1), id)) {
				assertThat(late.awaitFills(all.size())).isEqualTo(all);
				assertThat(late.events("gap")).isEmpty();
			}
		}
	}

	@Test
	void pauseOfMoreThanAnHourIsAGapForThoseWhoResume() {
		start(2);
		StreamClient client = StreamClient.open(replicas.gateway(0), "");
		liquidate(10, 60);
		pass(2);
		List<String> before = client.awaitFills(all().size());
		client.close();
		Awaitility.await().until(() -> feed(0).countListeners() == 0);
		clock.advance(Duration.ofHours(2));
		client.moveTo(replicas.gateway(1));
		Instant resumed = clock.instant().minus(Duration.ofMinutes(3));
		assertThat(client.await("gap").data()).contains("\"to\":\"" + resumed + "\"");
		replicas.upstream().liquidate(10, clock.instant().plusSeconds(1), clock.instant().plusSeconds(50));
		pass(2);
		List<String> after = StreamRuns.fillsSince(replicas.upstream(), resumed);
		assertThat(client.awaitFills(before.size() + after.size()).subList(before.size(), before.size() + after.size()))
			.isEqualTo(after);
		client.close();
	}

	// The test starts each poll.
	private void start(int count) {
		replicas.start(count);
		replicas.all().forEach((replica) -> context(replica).bean("streamRuns", Disposable.class).dispose());
	}

	private void liquidate(int count, int seconds) {
		replicas.upstream().liquidate(count, start.plusSeconds(1), start.plusSeconds(seconds));
	}

	private void pass(int minutes) {
		for (int minute = 0; minute < minutes; minute++) {
			clock.advance(MINUTE);
			run();
		}
	}

	// Until a poll is complete, whoever has the turn.
	private void run() {
		for (Replica replica : replicas.all()) {
			context(replica).bean(JournalFollower.class).run().block();
			context(replica).bean(FillPoller.class).run().block();
		}
	}

	private List<String> all() {
		return StreamRuns.fillsSince(replicas.upstream(), start);
	}

	// Without those that come with each state.
	private static List<String> cascade(List<String> fills) {
		return fills.stream().filter((json) -> json.contains("\"tid\":7")).toList();
	}

	private int calls() {
		return replicas.upstream().calls(Endpoint.FILLS);
	}

	private Feed feed(int number) {
		return context(replicas.all().get(number)).bean(Feed.class);
	}

	private static ReplicaContext context(Replica replica) {
		return (ReplicaContext) replica;
	}

}
