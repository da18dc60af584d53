package io.htgateway.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * All fills: a fixed history with the published example in it, a day before the start,
 * and what each state update adds.
 */
final class FillsBook {

	private static final Instant SINCE = Instant.parse("2025-07-27T00:00:00Z");

	private static final Duration SPACING = Duration.ofMinutes(147);

	private static final int HISTORY = 3_000;

	private static final int STATES_BEFORE_START = 288;

	private static final int STATES_KEPT = 2_000;

	private static final int FILLS_PER_STATE = 3;

	private static final long LIQUIDATIONS = 700_000_000_000_000L;

	private final StateClock states;

	private final long firstState;

	private final List<Fill> history;

	private final List<Liquidation> liquidations = new ArrayList<>();

	private volatile Snapshot snapshot;

	FillsBook(StateClock states) {
		this.states = states;
		this.firstState = states.state() - STATES_BEFORE_START;
		Stream<Fill> generated = IntStream.range(0, HISTORY).mapToObj(FillsBook::historic);
		this.history = Stream.concat(generated, Samples.objects("fills.json").stream().map(Fill::of)).toList();
		this.snapshot = snapshotOf(states.state());
	}

	/**
	 * Adds liquidations at equal distances, which come with the clock.
	 * @param first time of the first one
	 * @param last time after the last one
	 * @param delay time from each one to its publication
	 */
	synchronized void liquidate(int count, Instant first, Instant last, Duration delay) {
		long length = last.toEpochMilli() - first.toEpochMilli();
		for (int index = 0; index < count; index++) {
			Instant time = first.plusMillis(length * index / count);
			liquidations
				.add(new Liquidation(FillGenerator.fill(LIQUIDATIONS + liquidations.size(), time), time.plus(delay)));
		}
	}

	/**
	 * Adds a trade of which both sides are liquidated.
	 */
	synchronized void liquidateBothSides(Instant time) {
		long tid = LIQUIDATIONS + liquidations.size();
		Fill fill = FillGenerator.fill(tid, time);
		liquidations.add(new Liquidation(fill, time));
		liquidations.add(new Liquidation(fill.otherSide(tid + 1), time));
	}

	private synchronized List<Fill> liquidations(Instant now) {
		return liquidations.stream()
			.filter((liquidation) -> !liquidation.published().isAfter(now))
			.map(Liquidation::fill)
			.toList();
	}

	/**
	 * The fills as of now, oldest first.
	 */
	List<Fill> oldestFirst() {
		List<Fill> regular = regular();
		List<Fill> more = liquidations(this.states.now());
		return more.isEmpty() ? regular
				: Stream.concat(regular.stream(), more.stream()).sorted(Comparator.comparing(Fill::position)).toList();
	}

	private List<Fill> regular() {
		long state = this.states.state();
		Snapshot current = this.snapshot;
		if (current.state() != state) {
			current = snapshotOf(state);
			this.snapshot = current;
		}
		return current.fills();
	}

	private Snapshot snapshotOf(long state) {
		List<Fill> fills = new ArrayList<>(this.history);
		LongStream.rangeClosed(Math.max(this.firstState, state - STATES_KEPT), state)
			.mapToObj(this::added)
			.forEach(fills::addAll);
		fills.sort(Comparator.comparing(Fill::position));
		return new Snapshot(state, List.copyOf(fills));
	}

	/**
	 * The fills that are published with a state happened in its last seconds.
	 */
	private List<Fill> added(long state) {
		return IntStream.range(0, FILLS_PER_STATE)
			.mapToObj((index) -> FillGenerator.fill(500_000_000_000_000L + state * FILLS_PER_STATE + index,
					this.states.startOf(state).minusSeconds(index)))
			.toList();
	}

	/**
	 * Every seventh fill shares its moment with the one before.
	 */
	private static Fill historic(int index) {
		long moment = (index % 7 == 6) ? index - 1L : index;
		return FillGenerator.fill(100_000_000_000_000L + index, SINCE.plus(SPACING.multipliedBy(moment)));
	}

	private record Snapshot(long state, List<Fill> fills) {
	}

	private record Liquidation(Fill fill, Instant published) {
	}

}
