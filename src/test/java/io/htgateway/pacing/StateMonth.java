package io.htgateway.pacing;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A month on a plan with a source of state updates.
 */
record StateMonth(SimulatedPlan plan, StateSources source, double maxStretch) {

	static final StateMonth WITHOUT_CLOCK = new StateMonth(SimulatedPlan.FLOW, StateSources.NONE, 2);

	static final StateMonth EQUAL = new StateMonth(SimulatedPlan.PULSE, StateSources.WEBHOOK, 1);

	private static final Set<StateSources> RIGHT = EnumSet.of(StateSources.WEBHOOK, StateSources.STATUS,
			StateSources.INFERENCE);

	/**
	 * Returns every plan with every source that is right.
	 */
	static Stream<StateMonth> right() {
		return Arrays.stream(SimulatedPlan.values())
			.flatMap((plan) -> RIGHT.stream().map((source) -> new StateMonth(plan, source, 2)));
	}

	/**
	 * Returns every source that is wrong, on a plan with calls left over, where nothing
	 * else limits them.
	 */
	static Stream<StateMonth> wrong() {
		return EnumSet.complementOf(EnumSet.copyOf(RIGHT))
			.stream()
			.filter((source) -> source != StateSources.NONE)
			.map((source) -> new StateMonth(SimulatedPlan.FLOW, source, 2));
	}

	MonthTally.Outcome simulate() {
		return FollowedMonth.simulate(plan, source, maxStretch);
	}

}
