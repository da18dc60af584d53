package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The newest state, and what earlier ones say about the next. Times other than
 * {@link #at} are those of the clock of ages.
 *
 * @param number number of states seen so far, this one included
 * @param at date of the state
 * @param published when it was published
 * @param knownAt responses that were fetched before this time may be older than the state
 * @param announced time between it and the announced next state, or null
 * @param source source of this knowledge
 * @param endpoint name of the endpoint whose body revealed the state, or null
 * @param intervals time between the latest states, oldest first
 */
public record Timeline(long number, Instant at, Instant published, Instant knownAt, @Nullable Duration announced,
		StateSource source, @Nullable String endpoint, List<Duration> intervals) {

	/**
	 * Longest time between two states that counts as one interval.
	 */
	static final Duration LONGEST = Duration.ofHours(2);

	/**
	 * Interval before any was seen: the documentation of the upstream says 15 to 30
	 * minutes.
	 */
	public static final Duration DEFAULT = Duration.ofMinutes(20);

	/**
	 * Time without a known state after which the intervals are learnt again.
	 */
	private static final Duration FORGOTTEN = Duration.ofDays(1);

	private static final Duration LEAST_SPREAD = Duration.ofMinutes(2);

	/**
	 * Part of an interval, as a divisor, in which no other state is expected.
	 */
	private static final int PARTS = 3;

	private static final int MAX_INTERVALS = 8;

	/**
	 * Number of intervals after which states that are not announced are predictable.
	 */
	private static final int PREDICTABLE = 3;

	public Timeline {
		intervals = List.copyOf(intervals);
	}

	/**
	 * Returns the usual time between two states: the median of the latest intervals.
	 */
	public Duration usual() {
		return intervals.isEmpty() ? DEFAULT : intervals.stream().sorted().toList().get(intervals.size() / 2);
	}

	/**
	 * Returns the shortest of the latest intervals.
	 */
	public Duration shortest() {
		return intervals.stream().min(Duration::compareTo).orElse(DEFAULT);
	}

	/**
	 * Returns the time after this state within which all reports are reports of it: files
	 * of one state can be written minutes apart, and sources differ in what they call its
	 * date.
	 */
	Duration spread() {
		Duration least = (announced != null && announced.compareTo(shortest()) < 0) ? announced : shortest();
		Duration part = least.dividedBy(PARTS);
		return (part.compareTo(LEAST_SPREAD) > 0) ? part : LEAST_SPREAD;
	}

	/**
	 * Returns the time from its publication until it was known.
	 */
	public Duration delay() {
		return Duration.between(published, knownAt);
	}

	/**
	 * Returns when the next state is due.
	 */
	public Instant due() {
		return published.plus((announced != null) ? announced : usual());
	}

	/**
	 * Returns whether the next state can be predicted at the given time: this one is not
	 * older than twice the usual interval.
	 */
	public boolean isPredictable(Instant now) {
		boolean known = source.announces() || intervals.size() >= PREDICTABLE;
		return known && now.isBefore(due().plus(usual()));
	}

	/**
	 * Returns whether a source would have announced the next state by the given time.
	 */
	boolean isCurrent(Instant now) {
		return source.announces() && now.isBefore(due());
	}

	/**
	 * Returns the same timeline after the status endpoint reported this state as well,
	 * and possibly announced the next one. From then on the next state can be predicted,
	 * regardless of the source that revealed this one.
	 */
	Timeline confirmedBy(StateUpdate status) {
		Duration untilNext = (announced(status) != null) ? announced(at, status) : announced;
		return source.announces() ? new Timeline(number, at, published, knownAt, untilNext, source, endpoint, intervals)
				: new Timeline(number, at, published, knownAt, untilNext, status.source(), null, intervals);
	}

	/**
	 * Returns the timeline after the given update.
	 * @param count number of states, this update included
	 * @param publishedAt when the update was published, by the clock of ages
	 * @param learntAt responses fetched before this time may be older than the update
	 */
	Timeline next(long count, StateUpdate update, Instant publishedAt, Instant learntAt) {
		Duration interval = Duration.between(at, update.at());
		if (interval.compareTo(FORGOTTEN) > 0) {
			return first(count, update, publishedAt, learntAt);
		}
		return first(count, update, publishedAt, learntAt).after((interval.compareTo(LONGEST) > 0) ? intervals
				: Stream
					.concat(intervals.stream().skip(Math.max(0, intervals.size() - MAX_INTERVALS + 1)),
							Stream.of(interval))
					.toList());
	}

	private Timeline after(List<Duration> latest) {
		return new Timeline(number, at, published, knownAt, announced, source, endpoint, latest);
	}

	/**
	 * Returns the timeline of an update whose predecessor is not known.
	 */
	static Timeline first(long count, StateUpdate update, Instant publishedAt, Instant learntAt) {
		return new Timeline(count, update.at(), publishedAt, learntAt, announced(update), update.source(),
				update.endpoint(), List.of());
	}

	/**
	 * Returns the time between the given state and the next one, or null if it is not
	 * announced, or not in a usable way.
	 */
	private static @Nullable Duration announced(StateUpdate update) {
		return announced(update.at(), update);
	}

	// The date of this timeline is the start, because sources give different dates for a
	// state.
	private static @Nullable Duration announced(Instant at, StateUpdate update) {
		if (update.next() == null) {
			return null;
		}
		Duration untilNext = Duration.between(at, update.next());
		return (untilNext.isPositive() && untilNext.compareTo(LONGEST) <= 0) ? untilNext : null;
	}

}
