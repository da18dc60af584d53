package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.StreamShare;
import io.htgateway.testing.Heap;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests parts of streams that need no gateway.
 */
class StreamPartsTests {

	private static final ListenerFilter ALL = new ListenerFilter(null, null, null, null, null);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@Test
	void listenerReceivesAHeartbeatAfterFifteenSecondsOfSilence() {
		FillLog log = new FillLog(1_000_000);
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		Listener listener = new Listener(log, ALL, 0, new Listener.Opening(new FillId(5, 0), null, null), () -> 0,
				clock, time);
		StepVerifier.withVirtualTime(listener::next, () -> time, Long.MAX_VALUE)
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(14))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext(new Listener.Part.Heartbeat(0, new FillId(5, 0)))
			.verifyComplete();
	}

	@Test
	void listenerThatAlwaysHasEventsToReadEndsAfterItsLongestTime() {
		FillLog log = new FillLog(100_000_000);
		log.append(LongStream.rangeClosed(1, 100_000).mapToObj(StreamPartsTests::fill).toList());
		Listener listener = listener(log);
		FillId read = Objects.requireNonNull(listener.next().block()).id();
		clock.advance(Duration.ofHours(5));
		assertThat(listener.next().block()).isInstanceOfSatisfying(Listener.Part.End.class, (end) -> {
			assertThat(end.reason()).isEqualTo(Listener.End.RENEW);
			assertThat(end.id()).isEqualTo(read);
		});
	}

	@Test
	void listenerEndsAtShutdownBeforeItHasReadAll() {
		FillLog log = new FillLog(100_000_000);
		log.append(LongStream.rangeClosed(1, 100_000).mapToObj(StreamPartsTests::fill).toList());
		Listener listener = listener(log);
		FillId read = Objects.requireNonNull(listener.next().block()).id();
		log.close();
		assertThat(listener.next().block()).isInstanceOfSatisfying(Listener.Part.End.class, (end) -> {
			assertThat(end.reason()).isEqualTo(Listener.End.SHUTDOWN);
			assertThat(end.id()).isEqualTo(read);
		});
	}

	private Listener listener(FillLog log) {
		return new Listener(log, ALL, 0, new Listener.Opening(new FillId(0, 0), null, null), () -> 0, clock);
	}

	// A fill of a coin that the client does not read must not be told by an id.
	@Test
	void heartbeatHasATimeThatNeitherRepeatsNorLosesFills() {
		FillLog log = new FillLog(1_000_000);
		AtomicLong complete = new AtomicLong();
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		ListenerFilter bids = new ListenerFilter(null, "B", null, null, null);
		Listener listener = new Listener(log, bids, 0, new Listener.Opening(new FillId(5, 0), null, null),
				complete::get, clock, time);
		log.append(List.of(fill(30_000, "A")));
		assertThat(heartbeat(listener, time)).isEqualTo(new FillId(5, 0));
		complete.set(20_000);
		assertThat(heartbeat(listener, time)).isEqualTo(new FillId(20_000, 0));
		log.append(List.of(fill(25_000, "B"), fill(31_000, "A")));
		assertThat(Objects.requireNonNull(listener.next().block()).id()).isEqualTo(new FillId(25_000, 25_000, "B"));
		complete.set(21_000);
		assertThat(heartbeat(listener, time)).isEqualTo(new FillId(25_000, 25_000, "B"));
		log.append(List.of(fill(60_000, "A")));
		complete.set(50_000);
		assertThat(heartbeat(listener, time)).isEqualTo(new FillId(50_000, 0));
		clock.advance(Listener.LIFETIME);
		log.append(List.of(fill(61_000, "A")));
		assertThat(Objects.requireNonNull(listener.next().block()).id()).isEqualTo(new FillId(50_000, 0));
	}

	private static FillId heartbeat(Listener listener, VirtualTimeScheduler time) {
		AtomicReference<Listener.Part> part = new AtomicReference<>();
		listener.next().subscribe(part::set);
		time.advanceTimeBy(Listener.HEARTBEAT);
		assertThat(part.get()).isInstanceOf(Listener.Part.Heartbeat.class);
		return part.get().id();
	}

	@Test
	void logDropsTheOldestFillsAndKnowsSinceWhenItIsComplete() {
		FillLog log = new FillLog(2_000);
		for (int time = 1; time <= 10; time++) {
			log.append(List.of(fill(time)));
		}
		assertThat(log.bytes()).isLessThanOrEqualTo(2_000);
		assertThat(log.isLost(0)).isTrue();
		assertThat(log.floor().id()).isEqualTo(new FillId(dropped(log), dropped(log), "A"));
		assertThat(log.after(new FillId(9, 9, "A"))).isEqualTo(9);
		assertThat(log.after(new FillId(1, 1, "A"))).isNull();
	}

	@Test
	void clientThatResumesAfterTheFillBeforeTheBufferReceivesLateFills() {
		FillLog log = new FillLog(1_100);
		log.append(List.of(fill(9), fill(5), fill(10)));
		assertThat(log.floor().id()).isEqualTo(new FillId(9, 9, "A"));
		Pace pace = new Pace(Duration.ofMinutes(1), Pace.Reason.CONFIGURED);
		LocalJournal journal = new LocalJournal(new FillLog(1_000));
		StreamShare share = StreamShare.of(plan(50_000), 0.25);
		Feed feed = new Feed(log, new JournalFollower(journal, log, share, pace, clock), clock, clock);
		Listener listener = Objects.requireNonNull(feed.open(ALL, new FillId(9, 9, "A")).block());
		assertThat(listener.opening().gap()).isNull();
		assertThat(listener.next().block()).isInstanceOfSatisfying(Listener.Part.Events.class,
				(part) -> assertThat(part.events()).containsExactlyElementsOf(Logs.events(log)).hasSize(2));
	}

	@Test
	void clientThatLeavesBehindDroppedEventsIsNotCountedAsSlow() {
		FillLog log = new FillLog(1_100);
		log.append(List.of(fill(1)));
		Listener left = listener(log);
		Listener slow = listener(log);
		log.append(List.of(fill(2), fill(3), fill(4)));
		assertThat(left.isSlow()).isFalse();
		assertThat(slow.next().block()).isInstanceOf(Listener.Part.End.class);
		assertThat(slow.isSlow()).isTrue();
	}

	// A walk over the log for each of them would take minutes.
	@Test
	void unknownIdsAreFoundMissingWithoutReadingTheLog() {
		FillLog log = new FillLog(100_000_000);
		log.append(LongStream.rangeClosed(1, 50_000).mapToObj(StreamPartsTests::fill).toList());
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			for (long id = 0; id < 100_000; id++) {
				assertThat(log.after(new FillId(id, 0))).isNull();
			}
		});
	}

	@Test
	void eachAppendWakesAllListenersWhileOthersAppend() throws InterruptedException {
		FillLog log = new FillLog(1_000_000);
		AtomicInteger woken = new AtomicInteger();
		List<Thread> threads = IntStream.range(0, 8)
			.mapToObj((number) -> Thread.ofPlatform().start(() -> append(log, number * 1_000_000L, woken)))
			.toList();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(woken).hasValue(8 * 20_000);
	}

	private static void append(FillLog log, long from, AtomicInteger woken) {
		for (long time = from + 1; time <= from + 20_000; time++) {
			log.change().subscribe(null, null, woken::incrementAndGet);
			log.append(List.of(fill(time)));
		}
	}

	@Test
	void memoryOfTheLogDoesNotGrowWithTheFillsThatPassIt() {
		FillLog log = new FillLog(16_000_000);
		LongStream.range(0, 100_000).forEach((time) -> log.append(List.of(fill(time))));
		long before = Heap.inUse();

		LongStream.range(100_000, 1_000_000).forEach((time) -> log.append(List.of(fill(time))));

		assertThat(Heap.inUse() - before).isLessThan(2_000_000);
		assertThat(log.bytes()).isBetween(15_000_000L, 16_000_000L);
	}

	@Test
	void bothSidesOfATradeHavePositionsOfTheirOwn() {
		FillLog log = new FillLog(1_000_000);
		StreamEvent.Fill ask = fill(5, "A");
		StreamEvent.Fill bid = fill(5, "B");
		log.append(List.of(ask, bid));

		long afterAsk = Objects.requireNonNull(log.after(FillId.parse(ask.id().toString()).orElseThrow()));

		assertThat(log.read(afterAsk, ALL, 10_000).events()).containsExactly(bid);
		assertThat(log.after(bid.id())).isEqualTo(afterAsk + 1);
		assertThat(new FillId(5, 5)).isLessThan(ask.id());
		assertThat(ask.id()).isLessThan(bid.id());
	}

	private static long dropped(FillLog log) {
		return 10L - log.read(log.start(), ALL, 10_000).events().size();
	}

	private static StreamEvent.Fill fill(long time) {
		return fill(time, "A");
	}

	private static StreamEvent.Fill fill(long time, String side) {
		return new StreamEvent.Fill(new FillId(time, time, side), "BTC", side, "0x", 5, new byte[100]);
	}

	@ParameterizedTest
	@CsvSource({ "50000, 0.25, 240", "150000, 0.25, 81", "400000, 0.25, 60", "2000000, 0.25, 60", "50000, 0.5, 121" })
	void intervalIsThatOfTheShareOfThePlan(long perMonth, double part, long seconds) {
		Pace pace = StreamShare.of(plan(perMonth), part).pace(Duration.ofSeconds(60));
		assertThat(pace.interval().plusMillis(999).toSeconds()).isEqualTo(seconds);
		assertThat(pace.reason()).isEqualTo((seconds == 60) ? Pace.Reason.CONFIGURED : Pace.Reason.SHARE);
	}

	private BudgetSnapshot plan(long perMonth) {
		return new BudgetSnapshot(List
			.of(new BudgetSnapshot.Window("month", perMonth, 0, 0, 0, perMonth, clock.instant(), clock.instant())), 0,
				0, 0, 0);
	}

	@ParameterizedTest
	@CsvSource({ "max-share, 0", "max-share, 0.6", "interval, 1s", "interval, 2h", "max-buffer, 100KB",
			"max-buffer, 1GB", "max-streams, 0", "max-streams-per-team, 0", "max-streams, 20000" })
	void nonsenseIsRefused(String name, String value) {
		String failure = new PropertiesBinding<>(StreamProperties.class, StreamConfiguration.class)
			.failure("gateway.stream." + name + '=' + value);

		assertThat(failure.replace("-", "")).containsIgnoringCase(name.replace("-", ""));
	}

}
