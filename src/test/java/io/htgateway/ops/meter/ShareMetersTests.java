package io.htgateway.ops.meter;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.htgateway.access.authentication.KnownShares;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.ConfiguredPlan;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.LocalBudget;
import io.htgateway.testing.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters of two teams, of which the first has a half of the plan.
 */
class ShareMetersTests {

	private static final String FIRST = "team-0";

	private static final String SECOND = "team-1";

	private static final ConfiguredPlan PLAN = new ConfiguredPlan("custom", 60L, null, 3_000L, 1);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	private final LocalBudget budget = Budgets.of(60, 0, 3_000, 0.1, new Shares(Map.of(FIRST, 0.5)), clock);

	private final KnownShares shares = new KnownShares(budget, new Shares(Map.of(FIRST, 0.5)), clock);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@BeforeEach
	void bind() {
		new ShareMeters(shares, PLAN).bindTo(meters);
	}

	@Test
	void remainingCallsOfTheMinuteAndTheMonthShrinkWithEachCallOfTheTeam() {
		assertThat(remaining(FIRST, "minute")).isEqualTo(30);
		assertThat(remaining(FIRST, "month")).isEqualTo(1_500);

		for (int call = 0; call < 5; call++) {
			Budgets.charge(budget, Priority.INTERACTIVE, FIRST);
			Budgets.charge(budget, Priority.INTERACTIVE, SECOND);
		}
		clock.advance(Duration.ofSeconds(1));

		assertThat(remaining(FIRST, "minute")).isEqualTo(25);
		assertThat(remaining(FIRST, "month")).isEqualTo(1_495);
		assertThat(value("limit", FIRST, "month")).isEqualTo(1_500);
	}

	@Test
	void teamWithoutAShareHasNoMeters() {
		assertThat(teams("remaining")).containsOnly(FIRST);
		assertThat(teams("limit")).containsOnly(FIRST);
	}

	@Test
	void unusedCallsShrinkWithTheMonth() {
		clock.advance(Duration.ofDays(15));

		assertThat(remaining(FIRST, "month")).isEqualTo(750);
	}

	@Test
	void replacedSharesAreSeenByTheNextScrape() {
		shares.replace(new Shares(Map.of(SECOND, 0.2)));

		assertThat(remaining(SECOND, "month")).isBetween(599.0, 600.0);
		assertThat(value("limit", SECOND, "month")).isEqualTo(600);
		assertThat(teams("remaining")).containsOnly(SECOND);
	}

	@Test
	void shareThatCannotBeReadNowHasItsMeters() {
		SimpleMeterRegistry others = new SimpleMeterRegistry();
		new ShareMeters(shares, new ConfiguredPlan("custom", 60L, 200L, 3_000L, 3)).bindTo(others);

		assertThat(others.get("gateway.share.limit").tags("team", FIRST, "window", "day").gauge().value()).isZero();
	}

	private Set<String> teams(String name) {
		return meters.get("gateway.share." + name)
			.gauges()
			.stream()
			.map((gauge) -> Objects.requireNonNull(gauge.getId().getTag("team")))
			.collect(Collectors.toSet());
	}

	private double remaining(String team, String window) {
		return value("remaining", team, window);
	}

	private double value(String name, String team, String window) {
		return meters.get("gateway.share." + name).tags("team", team, "window", window).gauge().value();
	}

}
