package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;

import io.htgateway.budget.CallBudget;
import io.htgateway.testing.MutableClock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * A month of which others spend a fifth: in five hours of the third day, or evenly. An
 * operator enters the number of calls that the upstream shows on some days.
 */
enum SharedMonth {

	BURST_ENTERED_ONCE(true, 15),

	BURST_ENTERED_WEEKLY(true, 7),

	BURST_UNKNOWN(true, 30),

	STEADY_ENTERED_ONCE(false, 15);

	static final long PER_MONTH = 5_000;

	static final long OTHERS = PER_MONTH / 5;

	private static final double REQUESTS_PER_SECOND = 0.03;

	private final boolean burst;

	private final int enteredEvery;

	/**
	 * Creates a month.
	 * @param burst whether others make their calls in five hours, or evenly
	 * @param enteredEvery days between two entries of the number of calls
	 */
	SharedMonth(boolean burst, int enteredEvery) {
		this.burst = burst;
		this.enteredEvery = enteredEvery;
	}

	private long callsOfOthers(double partOfMonth) {
		double part = burst ? Math.clamp((partOfMonth * 30 - 2) / (5 / 24.0), 0, 1) : partOfMonth;
		return (long) (OTHERS * part);
	}

	MonthTally.Outcome run() {
		MonthTally.Outcome[] outcome = new MonthTally.Outcome[1];
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withBean(MutableClock.class, () -> new MutableClock(SimulatedMonth.START))
			.withUserConfiguration(PacingSimulationTests.Parts.class)
			.withPropertyValues("gateway.budget.plan=custom", "gateway.budget.per-minute=60",
					"gateway.budget.per-month=" + PER_MONTH)
			.run((gateway) -> outcome[0] = run(gateway));
		return Objects.requireNonNull(outcome[0]);
	}

	private MonthTally.Outcome run(BeanFactory gateway) {
		CountingUpstream upstream = new CountingUpstream(60, Integer.MAX_VALUE, PER_MONTH);
		SimulatedDemand demand = new SimulatedDemand(SimulatedMonth.KEYS, REQUESTS_PER_SECOND,
				new Random(SimulatedMonth.SEED));
		return new SimulatedMonth(gateway, upstream, demand, new Others(upstream, gateway.getBean(CallBudget.class)))
			.run();
	}

	/**
	 * Makes the calls of others, and enters the number that the upstream shows.
	 */
	private final class Others implements SimulatedSource {

		private final CountingUpstream upstream;

		private final CallBudget budget;

		private long made;

		private long day;

		Others(CountingUpstream upstream, CallBudget budget) {
			this.upstream = upstream;
			this.budget = budget;
		}

		@Override
		public void published(SimulatedStates states) {
			Instant now = states.publishedAt();
			Duration passed = Duration.between(SimulatedMonth.START, now);
			long all = callsOfOthers((double) passed.toMillis() / SimulatedMonth.LENGTH.toMillis());
			upstream.callsOfOthers(all - made);
			made = all;
			if (passed.toDays() > day) {
				day = passed.toDays();
				if (day % enteredEvery == 0) {
					Objects.requireNonNull(budget.correct("month", upstream.used()).block());
				}
			}
		}

	}

}
