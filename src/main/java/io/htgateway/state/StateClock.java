package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.htgateway.time.Dates;
import io.htgateway.time.RepeatedTask;
import org.jspecify.annotations.Nullable;

/**
 * Clock of the upstream's states: when its data last changed, and when the next change is
 * expected. Combines all sources. Repeated and late reports change nothing.
 */
public final class StateClock {

	/**
	 * Largest difference between the clock of the upstream and ours.
	 */
	private static final Duration SKEW = Duration.ofMinutes(1);

	/**
	 * Age up to which a reported state counts as just published: responses that were
	 * fetched after it but before the report may still have the previous data.
	 */
	private static final Duration RECENT = Duration.ofMinutes(5);

	/**
	 * Accuracy of times that are measured with different clocks, or by another replica.
	 * The response that reveals a state must not be older than it.
	 */
	private static final Duration ACCURACY = Duration.ofSeconds(1);

	private final StateLog log = new StateLog();

	private final List<Consumer<Timeline>> listeners = new CopyOnWriteArrayList<>();

	private final AtomicReference<Instant> lastProbe = new AtomicReference<>(Instant.MIN);

	private final InstantSource clock;

	private final InstantSource dates;

	private volatile @Nullable Timeline newest;

	// The number of states so far, which a contradiction does not begin again.
	private long states;

	// The date of a state that its source has contradicted: other replicas may still know
	// it.
	private @Nullable Instant disowned;

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
		return publish(accept(update));
	}

	/**
	 * Takes a state that another replica knows. Only a newer one counts: replies of Redis
	 * can be late.
	 */
	public void adopt(StateUpdate update) {
		var _ = publish(acceptNewer(update));
	}

	private boolean publish(@Nullable Timeline next) {
		if (next == null) {
			return false;
		}
		listeners.forEach((listener) -> RepeatedTask.attempt(() -> listener.accept(next)));
		return true;
	}

	private synchronized @Nullable Timeline acceptNewer(StateUpdate update) {
		Timeline last = current(dates.instant());
		boolean newer = last == null || update.at().isAfter(last.at().plus(last.spread()));
		return (newer && !update.at().equals(disowned)) ? accept(update) : null;
	}

	private synchronized @Nullable Timeline accept(StateUpdate update) {
		Instant today = dates.instant();
		if (update.at().isAfter(today.plus(SKEW))) {
			log.contradiction(update, "a state in the future");
			return null;
		}
		Timeline last = current(today);
		if (last != null && !update.at().isAfter(last.at().plus(last.spread()))) {
			known(update, last);
			return null;
		}
		Timeline next = next(update, last, today);
		newest = next;
		log.updated(next);
		return next;
	}

	// After the system clock was set back, a state can be in the future.
	private @Nullable Timeline current(Instant today) {
		Timeline last = newest;
		return (last != null && last.at().isAfter(today.plus(SKEW))) ? null : last;
	}

	private Timeline next(StateUpdate update, @Nullable Timeline last, Instant today) {
		Instant now = clock.instant();
		Duration age = age(update.at(), today);
		Instant published = now.minus(age);
		boolean isRecent = update.source().announces() && age.compareTo(RECENT) < 0;
		Instant knownAt = isRecent ? knownAt(update, now, today) : published.minus(ACCURACY);
		return (last != null) ? last.next(++states, update, published, knownAt)
				: Timeline.first(++states, update, published, knownAt);
	}

	private static Instant knownAt(StateUpdate update, Instant now, Instant today) {
		Instant reported = update.reportedAt();
		if (reported == null) {
			return now;
		}
		return now.minus(age(reported.isAfter(update.at()) ? reported : update.at(), today)).minus(ACCURACY);
	}

	private static Duration age(Instant date, Instant today) {
		return date.isBefore(today) ? Duration.between(date, today) : Duration.ZERO;
	}

	// Only the status endpoint reports the newest state; other reports of old ones are
	// late.
	private void known(StateUpdate update, Timeline last) {
		if (update.source() != StateSource.STATUS) {
			return;
		}
		boolean isOlder = update.at().isBefore(last.at().minus(last.spread()));
		if (isOlder && last.source() == StateSource.STATUS) {
			log.contradiction(update, "an older state than before");
			disowned = last.at();
			newest = null;
		}
		else if (!isOlder) {
			newest = last.confirmedBy(update);
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
