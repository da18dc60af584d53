package io.htgateway.shared.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.stream.FillLog;
import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.Journal;
import io.htgateway.stream.poll.Step;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Journal in Redis that all replicas follow, each into its own log. One of those that
 * follow has the turn: it polls and commits. If Redis loses the journal, the replicas
 * begin a new one at the earliest checkpoint that any of them knows. Their logs ignore
 * fills that they already contain.
 */
final class SharedJournal implements Journal {

	/**
	 * Time between the beginning of a journal and its first poll. During this time every
	 * replica reads the journal and can replace its beginning by an earlier one.
	 */
	private static final Duration SETTLING = Duration.ofSeconds(3);

	private final JournalScripts scripts;

	private final FillLog log;

	private final InstantSource dates;

	private final JoinedRuns readings = new JoinedRuns(Mono.defer(this::readAll));

	// Counts the beginnings and ends of commits.
	private final AtomicInteger commits = new AtomicInteger();

	private volatile @Nullable Beginning beginning;

	private volatile Known known = new Known("-", "-", 0, null);

	// In nanoseconds of System.nanoTime. It is calculated from the time before a command
	// is sent, so that it is earlier than the end of the turn in Redis.
	private volatile long turnUntil = System.nanoTime();

	SharedJournal(JournalScripts scripts, FillLog log, InstantSource dates) {
		this.scripts = scripts;
		this.log = log;
		this.dates = dates;
	}

	@Override
	public Mono<Void> follow(Beginning first) {
		return Mono.defer(() -> {
			beginning = first;
			return readings.next();
		});
	}

	private Mono<Void> readAll() {
		return read().flatMap((reading) -> reading.more() ? readAll() : Mono.empty());
	}

	private Mono<Reading> read() {
		return Mono.defer(() -> {
			Fetch fetch = new Fetch(known, Objects.requireNonNull(beginning));
			return fetch.run()
				.filter(fetch::goesOn)
				.switchIfEmpty(Mono.defer(() -> fetch.begin().then(fetch.run())))
				.doOnNext(fetch::adopt);
		});
	}

	@Override
	public Mono<Void> release() {
		return Mono.defer(() -> {
			boolean had = hasTurn();
			turnUntil = System.nanoTime();
			return had ? scripts.release().onErrorComplete() : Mono.empty();
		});
	}

	@Override
	public boolean hasTurn() {
		return System.nanoTime() - turnUntil < 0;
	}

	@Override
	public @Nullable Checkpoint checkpoint() {
		return known.checkpoint();
	}

	@Override
	public Mono<Integer> commit(Step step) {
		return Mono.defer(() -> {
			Known before = known;
			long sent = System.nanoTime();
			AtomicBoolean open = new AtomicBoolean(true);
			commits.incrementAndGet();
			return scripts.commit(before.version(), step)
				.doOnNext((added) -> committed(before, step, sent))
				.doOnError((failure) -> turnUntil = sent)
				.doOnTerminate(() -> ended(open))
				.doOnCancel(() -> ended(open));
		})
			.flatMap((fills) -> step.events().isEmpty() ? Mono.just(fills)
					: readings.next().onErrorComplete().thenReturn(fills));
	}

	// A commit that has ended can be cancelled nevertheless.
	private void ended(AtomicBoolean open) {
		if (open.getAndSet(false)) {
			commits.incrementAndGet();
		}
	}

	private synchronized void committed(Known before, Step step, long sent) {
		turnUntil = sent + JournalScripts.TURN.toNanos();
		if (known.epoch().equals(before.epoch())) {
			known = new Known(before.epoch(), known.position(), before.version() + 1, step.next());
		}
	}

	// A reading that a commit has overtaken has an earlier checkpoint.
	private synchronized void adopt(Reading reading, int committed) {
		boolean overtaken = committed != commits.get() || committed % 2 != 0;
		boolean same = reading.epoch().equals(known.epoch());
		known = new Known(reading.epoch(), reading.position(),
				(overtaken && same) ? known.version() : reading.version(),
				(overtaken && same) ? known.checkpoint() : reading.checkpoint());
		if (reading.all()) {
			log.append(List.of(new StreamEvent.Pause(0, reading.floor())));
		}
		log.append(reading.events());
	}

	/**
	 * One reading, and the beginning of a journal before it if that is necessary.
	 */
	private final class Fetch {

		private final Known before;

		private final Beginning first;

		private volatile @Nullable Reading last;

		private volatile int committed;

		private Fetch(Known before, Beginning first) {
			this.before = before;
			this.first = first;
		}

		private Mono<Reading> run() {
			return Mono.defer(() -> {
				long sent = System.nanoTime();
				committed = commits.get();
				return scripts.read(before.epoch(), before.position()).doOnNext((reading) -> {
					turnUntil = reading.turn() ? sent + JournalScripts.TURN.toNanos() : sent;
					last = reading;
				});
			});
		}

		// Another journal perhaps begins too late for this replica.
		private boolean goesOn(Reading reading) {
			return reading.epoch().equals(before.epoch()) && first.continues(reading.checkpoint());
		}

		private Mono<Void> begin() {
			Reading reading = last;
			boolean replaces = reading != null && !first.continues(reading.checkpoint());
			long version = (reading != null && replaces) ? reading.version() : 0;
			Checkpoint from = (reading != null && replaces) ? reading.checkpoint() : before.checkpoint();
			Checkpoint next = (from != null && first.continues(from)) ? from.restarted() : first.after(from);
			StreamEvent.Pause pause = new StreamEvent.Pause((from != null) ? from.lastTime() : 0,
					new FillId(next.firstTime(), 0));
			return scripts.begin(version, next.waiting(dates.instant().plus(SETTLING), next.pace()), pause);
		}

		private void adopt(Reading reading) {
			SharedJournal.this.adopt(reading, committed);
		}

	}

	/**
	 * What this replica knows of the journal.
	 *
	 * @param epoch name of the journal
	 * @param position position of the last event that the replica has read
	 * @param version number of the last change
	 * @param checkpoint the checkpoint, or null if none is known
	 */
	private record Known(String epoch, String position, long version, @Nullable Checkpoint checkpoint) {
	}

}
