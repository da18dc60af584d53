package io.htgateway.stream.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.htgateway.stream.event.Pace;
import org.jspecify.annotations.Nullable;

/**
 * State of the polls between two pages, from which any gateway can go on.
 *
 * @param firstTime time before which fills are not wanted, in ms since 1970
 * @param lastTime time of the last fill, in ms since 1970
 * @param from time from which the next poll reads: fills before it cannot be new
 * @param completeAt when the last poll began that read the upstream to its end
 * @param walk the poll that has not been finished, or null
 * @param nextPoll time of the next page
 * @param allowance calls that are left
 * @param pace the current pace of the polls
 * @param skipped digests of the latest unreadable fills, which an overlap can repeat
 */
public record Checkpoint(long firstTime, long lastTime, Instant from, Instant completeAt, @Nullable Walk walk,
		Instant nextPoll, Allowance allowance, Pace pace, List<String> skipped) {

	/**
	 * Longest time from a fill to its publication. Each poll starts so much before the
	 * last fill, because another one of an earlier time can follow.
	 */
	static final Duration OVERLAP = Duration.ofSeconds(10);

	/**
	 * Time without a poll after which the next listener starts with new fills, instead of
	 * all since then.
	 */
	public static final Duration MAX_PAUSE = Duration.ofHours(1);

	/**
	 * Longest wait after a refused call, after which the budget can have calls again.
	 */
	static final Duration LONGEST_REFUSAL = Duration.ofMinutes(5);

	/**
	 * Difference between the clocks of two replicas.
	 */
	private static final Duration SKEW = Duration.ofSeconds(10);

	/**
	 * Digests of a page of unreadable fills.
	 */
	private static final int MAX_SKIPPED = 1_000;

	public Checkpoint {
		Objects.requireNonNull(from, "from");
		Objects.requireNonNull(completeAt, "completeAt");
		Objects.requireNonNull(nextPoll, "nextPoll");
		Objects.requireNonNull(allowance, "allowance");
		Objects.requireNonNull(pace, "pace");
		skipped = List.copyOf(Objects.requireNonNullElse(skipped, List.of()));
	}

	/**
	 * Returns a checkpoint of which the first poll is due now.
	 * @param from time from which fills are wanted
	 */
	public static Checkpoint begin(Instant from, Instant now, Allowance allowance, Pace pace) {
		return new Checkpoint(from.toEpochMilli(), from.toEpochMilli(), from.minus(OVERLAP), from, null, now, allowance,
				pace, List.of());
	}

	/**
	 * Returns whether a page is due. A time that is too far ahead is from before the
	 * clock was set back.
	 */
	boolean isDue(Instant now) {
		Duration longest = (pace.interval().compareTo(LONGEST_REFUSAL) > 0) ? pace.interval() : LONGEST_REFUSAL;
		return !now.isBefore(nextPoll) || nextPoll.isAfter(now.plus(longest).plus(SKEW));
	}

	/**
	 * Returns whether there was no poll for an hour before the given time.
	 */
	public boolean isPausedBefore(Instant time) {
		return nextPoll.isBefore(time.minus(MAX_PAUSE));
	}

	/**
	 * Returns this checkpoint with a poll: the unfinished one, or a new one. Its next
	 * page is due now, however long nobody has polled before.
	 */
	Checkpoint walking(Instant now) {
		return with((walk != null) ? walk : new Walk(from, now, null, null)).waiting(now, pace);
	}

	/**
	 * Returns this checkpoint with the given unfinished poll.
	 */
	Checkpoint with(@Nullable Walk unfinished) {
		return new Checkpoint(firstTime, lastTime, from, completeAt, unfinished, nextPoll, allowance, pace, skipped);
	}

	/**
	 * Returns this checkpoint without its unfinished poll: the next one reads again what
	 * could be repeated, for a journal that has lost it.
	 */
	public Checkpoint restarted() {
		return with((Walk) null);
	}

	/**
	 * Returns the time since which the next polls read all fills, in ms since 1970.
	 */
	public long completeFrom() {
		return Math.max(firstTime, from.toEpochMilli());
	}

	/**
	 * Returns this checkpoint with the given calls left.
	 */
	public Checkpoint with(Allowance left) {
		return new Checkpoint(firstTime, lastTime, from, completeAt, walk, nextPoll, left, pace, skipped);
	}

	/**
	 * Returns this checkpoint with the next page at the given time.
	 */
	public Checkpoint waiting(Instant until, Pace current) {
		return new Checkpoint(firstTime, lastTime, from, completeAt, walk, until, allowance, current, skipped);
	}

	/**
	 * Returns whether a page has had the unreadable fill of the given digest.
	 */
	boolean hasSkipped(String digest) {
		return skipped.contains(digest);
	}

	/**
	 * Returns this checkpoint after the unreadable fills of the given digests.
	 */
	Checkpoint skipping(List<String> digests) {
		List<String> all = new ArrayList<>(skipped);
		all.addAll(digests);
		return new Checkpoint(firstTime, lastTime, from, completeAt, walk, nextPoll, allowance, pace,
				all.subList(Math.max(0, all.size() - MAX_SKIPPED), all.size()));
	}

	/**
	 * Returns this checkpoint after a page that is not the last one.
	 * @param last time of the last fill
	 * @param now when the page was requested
	 */
	Checkpoint after(long last, Instant next, Walk rest, Instant now) {
		return new Checkpoint(firstTime, last, next, completeAt, rest, now, allowance, pace, skipped);
	}

	/**
	 * Returns this checkpoint after the last page of a poll, which may have taken longer
	 * than the interval.
	 * @param last time of the last fill
	 */
	Checkpoint complete(long last, Instant next, Walk finished, Instant now, Pace regular) {
		Instant due = finished.begunAt().plus(regular.interval());
		return new Checkpoint(firstTime, last, next, finished.begunAt(), null, due.isAfter(now) ? due : now, allowance,
				regular, skipped);
	}

}
