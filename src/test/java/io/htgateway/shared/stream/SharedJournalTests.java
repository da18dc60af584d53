package io.htgateway.shared.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import io.htgateway.shared.Script;
import io.htgateway.shared.Stores;
import io.htgateway.stream.FillLog;
import io.htgateway.stream.Logs;
import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.Journal.Beginning;
import io.htgateway.stream.poll.JournalException;
import io.htgateway.stream.poll.Pages;
import io.htgateway.stream.poll.Step;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link SharedJournal} at several replicas, which read and commit only when the
 * test says so.
 */
class SharedJournalTests {

	private static final long LARGE = 10_000_000;

	private static final Instant START = Instant.parse("2026-11-02T09:59:00Z");

	// Those who listen read the log only from there on.
	private static final StreamEvent BEGINNING = new StreamEvent.Pause(0, new FillId(START.toEpochMilli(), 0));

	private static final RedisServer REDIS = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	private final Stores stores = Stores.connect(REDIS, prefix);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Pages pages = new Pages(5);

	// The first connection of a busy machine can take longer than a trial.
	@BeforeEach
	void connect() {
		Awaitility.await().until(stores.store()::isAvailable);
	}

	@AfterEach
	void close() {
		delete("turn", "head", "events", "trades");
		stores.close();
	}

	@Test
	void onlyTheReplicaWithTheTurnCommitsAndAllReadTheSame() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		second.follow();
		assertThat(first.journal.hasTurn()).isTrue();
		assertThat(second.journal.hasTurn()).isFalse();
		add(12);
		first.poll();
		assertThatThrownBy(second::poll).isInstanceOf(JournalException.class);
		second.follow();
		assertThat(first.trades()).isEqualTo(pages.trades());
		assertThat(second.trades()).isEqualTo(pages.trades());
		assertThat(second.journal.checkpoint()).isEqualTo(first.journal.checkpoint());
	}

	@Test
	void turnThatIsReleasedIsTakenByTheNextReplica() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		first.journal.release().block();
		second.follow();
		assertThat(first.journal.hasTurn()).isFalse();
		assertThat(second.journal.hasTurn()).isTrue();
	}

	@Test
	void commitThatIsSentAgainCountsOnce() {
		Replica first = replica();
		first.follow();
		add(3);
		Checkpoint before = first.checkpoint();
		JournalScripts scripts = first.scripts;
		long version = version();
		scripts.commit(version, Pages.begin(before, clock.instant())).block();
		Checkpoint walking = Pages.begin(before, clock.instant()).next();
		Mono<Integer> commit = scripts.commit(version + 1, pages.next(walking, clock.instant()));
		assertThat(commit.block()).isEqualTo(3);
		assertThat(commit.block()).isEqualTo(3);
		first.follow();
		assertThat(first.trades()).isEqualTo(pages.trades());
		assertThat(REDIS.number("XLEN", key("events"))).isEqualTo(3);
	}

	@Test
	void commitAfterAnotherBeginningIsRefused() {
		Replica first = replica();
		first.follow();
		Checkpoint walking = Pages.begin(first.checkpoint(), clock.instant()).next();
		long version = version();
		first.scripts.commit(version, Pages.begin(first.checkpoint(), clock.instant())).block();
		Replica second = replica();
		second.scripts
			.begin(version + 1, Pages.begin(START), new StreamEvent.Pause(0, new FillId(START.toEpochMilli(), 0)))
			.block();
		assertThat(version()).isEqualTo(version + 2);
		add(3);
		Mono<Integer> page = first.scripts.commit(version + 1, pages.next(walking, clock.instant()));
		assertThatThrownBy(page::block).isInstanceOf(JournalException.class);
	}

	@Test
	void commitThatIsSentAgainAfterAnotherBeginningIsRefused() {
		Replica first = replica();
		first.follow();
		long version = version();
		Mono<Integer> commit = first.scripts.commit(version, Pages.begin(first.checkpoint(), clock.instant()));
		commit.block();
		replica().scripts
			.begin(version + 1, Pages.begin(START), new StreamEvent.Pause(0, new FillId(START.toEpochMilli(), 0)))
			.block();
		assertThatThrownBy(commit::block).isInstanceOf(JournalException.class);
	}

	@Test
	void commitAfterAnotherThatWasStoredUnnoticedIsRefused() {
		Replica first = replica();
		first.follow();
		long version = version();
		Checkpoint before = first.checkpoint();
		first.scripts.commit(version, Pages.begin(before, clock.instant())).block();
		add(3);
		Step other = pages.next(Pages.begin(before, clock.instant()).next(), clock.instant());
		assertThatThrownBy(() -> first.scripts.commit(version, other).block()).isInstanceOf(JournalException.class);
	}

	@Test
	void replicaInTheMiddleOfALongPollIsNotPaused() {
		Replica first = replica();
		first.follow();
		clock.advance(Duration.ofMinutes(90));
		add(12);
		first.page();
		Replica second = replica();
		second.journal.follow(new Beginning(Pages.begin(clock.instant()), clock.instant())).block();
		assertThat(second.checkpoint().walk()).isNotNull();
		assertThat(second.trades()).isEqualTo(pages.trades().subList(0, 5));
	}

	private long version() {
		return Long.parseLong(REDIS.text("HGET", key("head"), "version"));
	}

	@Test
	void nextReplicaGoesOnInTheMiddleOfAPoll() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		add(12);
		first.page();
		delete("turn");
		second.follow();
		assertThat(second.journal.hasTurn()).isTrue();
		assertThat(Objects.requireNonNull(second.checkpoint().walk()).cursor()).isNotNull();
		second.page();
		second.page();
		first.follow();
		assertThat(second.trades()).isEqualTo(pages.trades());
		assertThat(first.trades()).isEqualTo(pages.trades());
	}

	@Test
	void journalIsBoundedAndKnowsSinceWhenItIsComplete() {
		Replica first = replica(5_000);
		first.follow();
		for (int round = 0; round < 10; round++) {
			add(5);
			clock.advance(Duration.ofSeconds(30));
			first.poll();
		}
		long kept = REDIS.number("XLEN", key("events"));
		assertThat(kept).isBetween(5L, 10L);
		List<Long> trades = pages.trades();
		assertThat(REDIS.text("HGET", key("head"), "floor"))
			.matches("[0-9]+-%d[AB]".formatted(trades.get(trades.size() - (int) kept - 1)));
		assertThat(REDIS.number("ZCARD", key("trades"))).isLessThanOrEqualTo(10);
		assertThat(REDIS.number("PTTL", key("events"))).isPositive();
		Replica late = replica(5_000);
		late.follow();
		assertThat(late.trades()).isEqualTo(trades.subList(trades.size() - (int) kept, trades.size()));
	}

	@Test
	void lostJournalBeginsAgainWithTheEarliestCheckpointAndLosesNothing() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		second.follow();
		add(7);
		first.poll();
		second.follow();
		pollTwice(first);
		delete("turn", "head", "events", "trades");
		Replica fresh = replica();
		fresh.follow();
		first.follow();
		second.follow();
		fresh.journal.release().block();
		first.follow();
		add(4);
		first.poll();
		second.follow();
		assertThat(first.trades()).containsExactlyInAnyOrderElementsOf(pages.trades());
		assertThat(second.trades()).containsExactlyInAnyOrderElementsOf(pages.trades());
		assertThat(second.events()).noneMatch(StreamEvent.Pause.class::isInstance);
	}

	@Test
	void replicaThatComesTooLateForALostJournalHasAGap() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		second.follow();
		add(7);
		first.poll();
		second.follow();
		pollTwice(first);
		delete("turn", "head", "events", "trades");
		first.follow();
		first.follow();
		clock.advance(Duration.ofSeconds(40));
		add(1);
		first.poll();
		second.follow();
		assertThat(first.trades()).isEqualTo(pages.trades());
		assertThat(second.events()).filteredOn(StreamEvent.Pause.class::isInstance).hasSize(1);
		assertThat(second.trades()).hasSizeLessThan(pages.trades().size()).doesNotHaveDuplicates();
	}

	private void pollTwice(Replica replica) {
		for (int round = 0; round < 2; round++) {
			clock.advance(Duration.ofSeconds(40));
			add(5);
			replica.poll();
		}
	}

	@Test
	void keysWithOtherDataAreReplaced() {
		REDIS.command("SET", key("head"), "x");
		REDIS.command("SET", key("events"), "x");
		REDIS.command("SET", key("trades"), "x");
		REDIS.command("LPUSH", key("turn"), "x");
		Replica first = replica();
		first.follow();
		first.follow();
		add(7);
		first.poll();
		assertThat(first.trades()).isEqualTo(pages.trades());
	}

	@Test
	void unreadableCheckpointIsReplaced() {
		Replica first = replica();
		first.follow();
		REDIS.command("HSET", key("head"), "checkpoint", "{\"lastTime\":5}");
		Replica second = replica();
		first.journal.release().block();
		second.follow();
		second.follow();
		add(7);
		second.poll();
		assertThat(second.trades()).isEqualTo(pages.trades());
	}

	@Test
	void unreadableEventIsAGapAndTheOthersAreRead() {
		Replica first = replica();
		first.follow();
		add(3);
		first.poll();
		REDIS.command("XADD", key("events"), "*", "e", "F{\"time\":", "p", "");
		REDIS.command("HINCRBY", key("head"), "events", "1");
		add(3);
		first.poll();
		Replica second = replica();
		second.follow();
		assertThat(second.trades()).isEqualTo(pages.trades());
		assertThat(second.events()).filteredOn(StreamEvent.Gap.class::isInstance).hasSize(1);
		assertThat(first.trades()).isEqualTo(pages.trades());
	}

	@Test
	void unreadableHeadIsAFailureOfTheJournal() {
		replica().follow();
		REDIS.command("HSET", key("head"), "version", "1.5");
		assertThatThrownBy(() -> replica().follow()).isInstanceOf(JournalException.class)
			.hasMessage("the journal is unreadable");
	}

	@Test
	void journalOfALaterVersionIsLeftAlone() {
		Replica first = replica();
		first.follow();
		REDIS.command("HSET", key("head"), "format", "2", "checkpoint", "{}");
		Replica second = replica();
		for (Replica old : List.of(first, second, first)) {
			assertThatThrownBy(old::follow).isInstanceOf(JournalException.class)
				.hasMessage("the journal is that of a later version");
		}
		assertThatThrownBy(first::page).isInstanceOf(JournalException.class);
		assertThat(REDIS.text("HGET", key("head"), "checkpoint")).isEqualTo("{}");
		assertThat(REDIS.number("EXISTS", key("turn"))).isZero();
	}

	@Test
	void journalOfALaterVersionIsReplacedWhenNobodyUsesIt() {
		replica().follow();
		REDIS.command("HSET", key("head"), "format", "2", "checkpoint", "{}");
		REDIS.command("PEXPIRE", key("head"), "86000000");
		delete("turn");
		Replica second = replica();
		second.follow();
		add(7);
		second.poll();
		assertThat(second.trades()).isEqualTo(pages.trades());
	}

	// Any order of readings, pages, expired turns, killed and new replicas, second
	// beginnings, and commands that are sent again because their reply was lost, after
	// something else has happened.
	@Test
	void noOrderOfEventsLosesOrDoublesAFill() {
		for (int seed = 0; seed < 60; seed++) {
			delete("turn", "head", "events", "trades");
			new Run(new Random(seed)).check(seed);
		}
	}

	private final class Run {

		private final Random random;

		private final Pages upstream = new Pages(3);

		private final List<Replica> replicas = new ArrayList<>();

		private long trades;

		private long lostReplies;

		private boolean interfering;

		private Run(Random random) {
			this.random = random;
			replicas.add(replica(this::run));
			replicas.add(replica(this::run));
			replicas.forEach(Replica::follow);
		}

		private void check(int seed) {
			for (int step = 0; step < 120; step++) {
				Replica replica = replicas.get(random.nextInt(replicas.size()));
				switch (random.nextInt(10)) {
					case 0, 1 -> happen();
					case 2 -> replica.follow();
					case 3, 4, 5 -> attempt(replica);
					case 6 -> delete("turn");
					case 7 -> clock.advance(Duration.ofMillis(random.nextInt(8_000)));
					case 8 -> beginAgain();
					default -> kill();
				}
			}
			assertThat(lostReplies).as("seed %s", seed).isPositive();
			interfering = true;
			clock.advance(Duration.ofSeconds(30));
			delete("turn");
			Replica last = replicas.getFirst();
			last.follow();
			while (last.checkpoint().walk() != null) {
				last.page(upstream);
			}
			last.page(upstream);
			while (last.checkpoint().walk() != null) {
				last.page(upstream);
			}
			replicas.forEach(Replica::follow);
			for (Replica replica : replicas) {
				assertThat(replica.trades()).as("seed %s", seed)
					.containsExactlyInAnyOrderElementsOf(upstream.trades())
					.isEqualTo(last.trades());
			}
		}

		private Mono<byte[]> run(Script script, List<String> keys, byte[]... arguments) {
			Mono<byte[]> command = stores.store().runIdempotent(script, keys, arguments);
			return Mono.defer(() -> (interfering || random.nextInt(6) > 0) ? command : sendTwice(command));
		}

		private Mono<byte[]> sendTwice(Mono<byte[]> command) {
			return command.then(Mono.fromRunnable(this::interfere).subscribeOn(Schedulers.boundedElastic()))
				.then(command);
		}

		private void interfere() {
			lostReplies++;
			interfering = true;
			switch (random.nextInt(4)) {
				case 0 -> delete("turn");
				case 1 -> beginAgain();
				case 2 -> {
					Replica other = replica();
					delete("turn");
					other.follow();
					other.page(upstream);
				}
				default -> happen();
			}
			interfering = false;
		}

		// As a replica does that wants all since an earlier checkpoint again.
		private void beginAgain() {
			Replica fresh = replica();
			fresh.follow();
			Checkpoint known = fresh.checkpoint().restarted();
			fresh.scripts
				.begin(version(), known, new StreamEvent.Pause(known.lastTime(), new FillId(known.firstTime(), 0)))
				.block();
			fresh.journal.release().block();
		}

		private void happen() {
			for (int count = random.nextInt(8); count > 0; count--) {
				trades++;
				upstream.add(clock.instant().minusMillis(random.nextInt(4) * 100L), trades);
			}
		}

		private void attempt(Replica replica) {
			try {
				replica.page(upstream);
			}
			catch (JournalException another) {
				assertThat(replica.journal.hasTurn()).isFalse();
			}
		}

		private void kill() {
			replicas.set(random.nextInt(replicas.size()), replica(this::run));
			replicas.forEach(Replica::follow);
		}

	}

	private void add(int count) {
		for (int number = 0; number < count; number++) {
			pages.add(clock.instant().plusMillis(number / 3), pages.trades().size() + 1);
		}
	}

	private Replica replica() {
		return replica(LARGE);
	}

	private Replica replica(JournalScripts.Commands commands) {
		return new Replica(new JournalScripts(commands, stores.store().names(), LARGE), new FillLog(LARGE));
	}

	private Replica replica(long maxBytes) {
		return new Replica(new JournalScripts(stores.store(), maxBytes), new FillLog(LARGE));
	}

	private String key(String name) {
		return prefix + ":1:{stream}:" + name;
	}

	private void delete(String... names) {
		for (String name : names) {
			REDIS.command("DEL", key(name));
		}
	}

	private final class Replica {

		private final JournalScripts scripts;

		private final FillLog log;

		private final SharedJournal journal;

		private Replica(JournalScripts scripts, FillLog log) {
			this.scripts = scripts;
			this.log = log;
			this.journal = new SharedJournal(scripts, log, clock);
		}

		private void follow() {
			journal.follow(new Beginning(Pages.begin(START), START)).block();
		}

		private Checkpoint checkpoint() {
			return Objects.requireNonNull(journal.checkpoint());
		}

		private void poll() {
			page();
			while (checkpoint().walk() != null) {
				page();
			}
		}

		private void page() {
			page(pages);
		}

		private void page(Pages upstream) {
			if (checkpoint().walk() == null) {
				journal.commit(Pages.begin(checkpoint(), clock.instant())).block();
			}
			journal.commit(upstream.next(checkpoint(), clock.instant())).block();
		}

		private List<Long> trades() {
			return Logs.trades(log);
		}

		private List<StreamEvent> events() {
			return Logs.events(log).stream().filter((event) -> !event.equals(BEGINNING)).toList();
		}

	}

}
