package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * When the upstream's data changed last and is expected to change next, from all sources
 * together. Doubled, late and contradictory reports change nothing.
 */
public final class StateClock {

	/**
	 * Reports of states that are closer together are reports of one state: sources differ
	 * in what they call its date.
	 */
	private static final Duration SAME = Duration.ofMinutes(2);

	/**
	 * Largest difference between the clock of the upstream and ours.
	 */
	private static final Duration SKEW = Duration.ofMinutes(1);

	/**
	 * Age up to which a reported state is news: responses that were fetched after it, and
	 * before the report, may still be older.
	 */
	private static final Duration RECENT = Duration.ofMinutes(5);

	private final StateLog log = new StateLog();

	private final List<Consumer<Timeline>> listeners = new CopyOnWriteArrayList<>();

	private final AtomicReference<Instant> lastProbe = new AtomicReference<>(Instant.MIN);

	private final InstantSource clock;

	private final InstantSource dates;

	private volatile @Nullable Timeline newest;

	StateClock(InstantSource clock, Dates dates) {
		this.clock = clock;
		this.dates = dates.clock();
	}

	/**
	 * Registers a listener for new states.
	 */
	public void onUpdate(Consumer<Timeline> listener) {
		listeners.add(listener);
	}

	/**
	 * Returns the newest state, or null if none is known.
	 */
	public @Nullable Timeline newest() {
		return newest;
	}

	/**
	 * Returns the newest state if the next one can be predicted at the given time, or
	 * null.
	 */
	public @Nullable Timeline predictable(Instant now) {
		Timeline timeline = newest;
		if (timeline == null) {
			return null;
		}
		boolean predictable = timeline.isPredictable(now);
		log.predictable(timeline, predictable, now);
		return predictable ? timeline : null;
	}

	/**
	 * Takes a report of a state.
	 * @return whether the state is new
	 */
	public boolean report(StateUpdate update) {
		Timeline next = accept(update);
		if (next == null) {
			return false;
		}
		listeners.forEach((listener) -> listener.accept(next));
		return true;
	}

	private synchronized @Nullable Timeline accept(StateUpdate update) {
		Instant today = dates.instant();
		if (update.at().isAfter(today.plus(SKEW))) {
			log.contradiction(update, "a state in the future");
			return null;
		}
		Timeline last = newest;
		if (last != null && !update.at().isAfter(last.at().plus(SAME))) {
			known(update, last);
			return null;
		}
		Timeline next = next(update, last, today);
		newest = next;
		log.updated(next);
		return next;
	}

	private Timeline next(StateUpdate update, @Nullable Timeline last, Instant today) {
		Instant now = clock.instant();
		Duration age = update.at().isBefore(today) ? Duration.between(update.at(), today) : Duration.ZERO;
		Instant published = now.minus(age);
		Instant learntAt = (update.source().announces() && age.compareTo(RECENT) < 0) ? now : published;
		return (last != null) ? last.next(update, published, learntAt) : Timeline.first(update, published, learntAt);
	}

	// Only the status endpoint reports the newest state; other reports of old ones are
	// late.
	private void known(StateUpdate update, Timeline last) {
		if (update.source() != StateSource.STATUS) {
			return;
		}
		Duration announced = Timeline.announced(update);
		if (update.at().isBefore(last.at().minus(SAME)) && last.source() == StateSource.STATUS) {
			log.contradiction(update, "an older state than before");
			newest = null;
		}
		else if (announced != null) {
			newest = last.announcing(announced);
		}
	}

	/**
	 * Acquires the permission for one load that shows whether an overdue state is there.
	 * @param spacing shortest time between two of them
	 */
	boolean tryProbe(Duration spacing, Instant now) {
		Timeline timeline = newest;
		if (timeline == null) {
			return false;
		}
		Instant from = timeline.source().announces() ? timeline.due().plus(spacing) : timeline.due();
		Instant last = lastProbe.get();
		return !now.isBefore(from) && (last.equals(Instant.MIN) || !now.isBefore(last.plus(spacing)))
				&& lastProbe.compareAndSet(last, now);
	}

}
