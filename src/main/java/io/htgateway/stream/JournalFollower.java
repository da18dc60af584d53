package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.Allowance;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.Journal;
import io.htgateway.stream.poll.Journal.Beginning;
import io.htgateway.stream.poll.JournalException;
import io.htgateway.stream.poll.StreamShare;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Follows the journal while somebody listens here, and reports to listeners when it
 * becomes unavailable and when it is available again.
 */
final class JournalFollower {

	/**
	 * Time between two runs.
	 */
	static final Duration RUN = Duration.ofSeconds(1);

	/**
	 * Regular intervals that the first poll goes back, for clients that resume after the
	 * first one. After a restart, a client's last fill comes from the last poll before
	 * the restart.
	 */
	private static final int INTERVALS_BACK = 3;

	/**
	 * Longest time that the first poll goes back for them, because it costs calls.
	 */
	private static final Duration MAX_BACK = Duration.ofMinutes(5);

	private final Journal journal;

	private final FillLog log;

	private final StreamShare share;

	private final Pace regular;

	private final InstantSource dates;

	private int listeners;

	private Beginning beginning;

	private boolean unavailable;

	private volatile long completeUntil;

	private boolean ended;

	/**
	 * Creates a follower.
	 * @param regular the regular pace of polls
	 */
	JournalFollower(Journal journal, FillLog log, StreamShare share, Pace regular, InstantSource dates) {
		this.journal = journal;
		this.log = log;
		this.share = share;
		this.regular = regular;
		this.dates = dates;
		this.beginning = new Beginning(first(dates.instant(), dates.instant()), dates.instant());
	}

	private Checkpoint first(Instant from, Instant now) {
		return Checkpoint.begin(from, now, Allowance.first(share, now), regular);
	}

	/**
	 * Counts a listener. The caller must call {@link #leave()} when it ends. Without a
	 * usable checkpoint, polls begin at the earliest fill of the last hour that any
	 * listener needs.
	 * @param last the last fill that the listener knows, or null
	 */
	synchronized void enter(@Nullable FillId last) {
		Instant now = dates.instant();
		Instant from = from(last, now);
		boolean alone = listeners++ == 0;
		if (alone || from.toEpochMilli() < beginning.checkpoint().firstTime()) {
			beginning = new Beginning(first(from, now), alone ? now : beginning.since());
		}
	}

	private Instant from(@Nullable FillId last, Instant now) {
		Instant known = (last != null) ? Instant.ofEpochMilli(last.time()) : now;
		Instant earliest = now.minus(Checkpoint.MAX_PAUSE);
		boolean usable = last != null && !known.isAfter(now) && !known.isBefore(earliest);
		Instant from = (usable ? known : now).minus(back());
		return from.isBefore(earliest) ? earliest : from;
	}

	private Duration back() {
		Duration intervals = regular.interval().multipliedBy(INTERVALS_BACK);
		return (intervals.compareTo(MAX_BACK) < 0) ? intervals : MAX_BACK;
	}

	/**
	 * Removes a listener from the count.
	 */
	synchronized void leave() {
		listeners--;
	}

	synchronized int countListeners() {
		return listeners;
	}

	synchronized boolean isNeeded() {
		return listeners > 0 && !ended;
	}

	private synchronized Beginning beginning() {
		return beginning;
	}

	/**
	 * Returns since when somebody has listened here without interruption.
	 */
	Instant since() {
		return beginning().since();
	}

	/**
	 * Follows if somebody listens, and otherwise gives the turn to other replicas. Never
	 * fails.
	 */
	Mono<Void> run() {
		return Mono.defer(() -> isNeeded() ? follow() : journal.release());
	}

	/**
	 * Brings the log up to date. Never fails.
	 */
	Mono<Void> follow() {
		return Mono.defer(() -> {
			Checkpoint before = journal.checkpoint();
			return journal.follow(beginning()).doOnSuccess((nothing) -> followed(before));
		})
			.doOnSuccess((nothing) -> known(true))
			.onErrorResume(JournalException.class, (failure) -> Mono.fromRunnable(() -> known(false)));
	}

	// The log has all that the checkpoint before covers, unless the journal began again
	// meanwhile.
	private void followed(@Nullable Checkpoint before) {
		Checkpoint after = journal.checkpoint();
		completeUntil = (before != null && after != null) ? Math.min(before.completeFrom(), after.completeFrom()) : 0;
	}

	/**
	 * Returns the time before which the log receives no further fill, in ms since 1970,
	 * or 0 if it is unknown.
	 */
	long completeUntil() {
		return completeUntil;
	}

	private void known(boolean available) {
		if (becomes(available)) {
			log.append(List.of(new StreamEvent.Paced(pace())));
		}
	}

	private synchronized boolean becomes(boolean available) {
		boolean changed = unavailable == available;
		unavailable = !available;
		return changed;
	}

	/**
	 * Returns the pace of the polls for this gateway.
	 */
	Pace pace() {
		Checkpoint known = journal.checkpoint();
		return isUnavailable() ? new Pace(regular.interval(), Pace.Reason.SHARED)
				: (known != null) ? known.pace() : regular;
	}

	private synchronized boolean isUnavailable() {
		return unavailable;
	}

	/**
	 * Gives the turn to other replicas at once, because this gateway shuts down.
	 */
	void end() {
		synchronized (this) {
			ended = true;
		}
		journal.release().subscribe();
	}

}
