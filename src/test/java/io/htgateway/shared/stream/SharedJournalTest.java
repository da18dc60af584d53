package io.htgateway.shared.stream;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.htgateway.shared.Stores;
import io.htgateway.stream.FillLog;
import io.htgateway.stream.Logs;
import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.Journal.Beginning;
import io.htgateway.stream.poll.Pages;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Test of {@link SharedJournal} at several replicas, which read and commit only when the
 * test says so.
 */
abstract class SharedJournalTest {

	private static final long LARGE = 10_000_000;

	static final Instant START = Instant.parse("2026-11-02T09:59:00Z");

	// Those who listen read the log only from there on.
	private static final StreamEvent BEGINNING = new StreamEvent.Pause(0, new FillId(START.toEpochMilli(), 0));

	static final RedisServer REDIS = RedisServer.shared();

	final String prefix = UUID.randomUUID().toString();

	final Stores stores = Stores.connect(REDIS, prefix);

	final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	final Pages pages = new Pages(5);

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

	long version() {
		return Long.parseLong(REDIS.text("HGET", key("head"), "version"));
	}

	void add(int count) {
		for (int number = 0; number < count; number++) {
			pages.add(clock.instant().plusMillis(number / 3), pages.trades().size() + 1);
		}
	}

	Replica replica() {
		return replica(LARGE);
	}

	Replica replica(JournalScripts.Commands commands) {
		return new Replica(new JournalScripts(commands, stores.store().names(), LARGE), new FillLog(LARGE));
	}

	Replica replica(long maxBytes) {
		return new Replica(new JournalScripts(stores.store(), maxBytes), new FillLog(LARGE));
	}

	String key(String name) {
		return prefix + ":1:{stream}:" + name;
	}

	void delete(String... names) {
		for (String name : names) {
			REDIS.command("DEL", key(name));
		}
	}

	final class Replica {

		final JournalScripts scripts;

		final FillLog log;

		final SharedJournal journal;

		Replica(JournalScripts scripts, FillLog log) {
			this.scripts = scripts;
			this.log = log;
			this.journal = new SharedJournal(scripts, log, clock);
		}

		void follow() {
			journal.follow(new Beginning(Pages.begin(START), START)).block();
		}

		Checkpoint checkpoint() {
			return Objects.requireNonNull(journal.checkpoint());
		}

		void poll() {
			page();
			while (checkpoint().walk() != null) {
				page();
			}
		}

		void page() {
			page(pages);
		}

		void page(Pages upstream) {
			if (checkpoint().walk() == null) {
				journal.commit(Pages.begin(checkpoint(), clock.instant())).block();
			}
			journal.commit(upstream.next(checkpoint(), clock.instant())).block();
		}

		List<Long> trades() {
			return Logs.trades(log);
		}

		List<StreamEvent> events() {
			return Logs.events(log).stream().filter((event) -> !event.equals(BEGINNING)).toList();
		}

	}

}
