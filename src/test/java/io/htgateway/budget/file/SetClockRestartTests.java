package io.htgateway.budget.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.Budgets;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the budget survives a restart on a machine whose clock is set forward or
 * back.
 */
class SetClockRestartTests {

	private static final long LIMIT = 1_000;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "P40D", "P1096D", "P-40D", "P-20000D" })
	void restartDuringAndAfterAJumpRestoresTheMonthThatTheClockReturnsTo(Duration jump) {
		SetClock clock = new SetClock(Instant.parse("2026-11-15T00:00:00Z"));
		Run first = start(clock);
		first.charge(100);
		long before = first.counted();
		clock.setForGood(jump);
		first.charge(5);
		first.keeper().close();

		Run during = start(clock);
		assertThat(during.counted()).isEqualTo(first.counted());
		during.charge(5);
		during.keeper().close();
		clock.set(jump.negated());
		Run after = start(new SetClock(Instant.parse("2026-11-15T00:05:00Z")));

		assertThat(after.counted()).isEqualTo(before + 10);
	}

	@Test
	void restartOfAMachineThatStartsIn1970KnowsTheMonthOnceItsClockIsRight() {
		Run first = start(new SetClock(Instant.parse("2026-11-15T00:00:00Z")));
		first.charge(300);
		long before = first.counted();
		first.keeper().close();

		for (int boot = 0; boot < 3; boot++) {
			SetClock clock = new SetClock(Instant.parse("1970-01-01T00:00:10Z"));
			Run fresh = start(clock);
			fresh.charge(1);
			fresh.keeper().save();
			clock.setForGood(Duration.between(Instant.EPOCH, Instant.parse("2026-11-16T00:00:00Z")));
			assertThat(fresh.counted()).isEqualTo(before + 1 + boot);
			fresh.keeper().close();
		}
	}

	@Test
	void restartAfterAKillDuringAJumpAssumesUnsavedCallsInEveryMonth() {
		SetClock clock = new SetClock(Instant.parse("2026-11-15T00:00:00Z"));
		Run first = start(clock);
		first.charge(100);
		long before = first.counted();
		clock.setForGood(Duration.ofDays(40));
		first.charge(5);
		first.keeper().save();

		Run after = start(new SetClock(Instant.parse("2026-11-15T00:05:00Z")));

		assertThat(after.counted()).isEqualTo(before + 5 + LIMIT / 10);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void restartAfterAStepBackRestoresTheCallsOfThePeriodReachedAgain(boolean complete) {
		SetClock clock = new SetClock(Instant.parse("2026-11-01T00:00:00Z"));
		Run first = start(clock);
		clock.pass(Duration.ofDays(30).plusMinutes(90));
		first.charge(150);
		if (complete) {
			first.keeper().close();
			first = start(clock);
		}
		clock.setForGood(Duration.ofMinutes(-150));
		first.charge(5);
		first.keeper().save();
		if (complete) {
			first.keeper().close();
		}
		Run second = start(clock);
		second.charge(1);
		second.keeper().close();
		Run third = start(clock);

		clock.pass(Duration.ofHours(2));

		assertThat(third.counted()).isEqualTo(150);
		third.keeper().save();
		third.keeper().close();
		assertThat(start(clock).counted()).isEqualTo(150);
	}

	@Test
	void restartAfterAKillAndAStepBackAssumesUnsavedCallsInThePeriodOfTheKill() {
		SetClock clock = new SetClock(Instant.parse("2026-11-01T00:00:00Z"));
		Run first = start(clock);
		clock.pass(Duration.ofDays(30).plusMinutes(90));
		first.charge(150);
		first.keeper().save();
		Run second = start(clock);
		clock.setForGood(Duration.ofMinutes(-150));
		second.charge(5);

		clock.pass(Duration.ofHours(2));

		assertThat(second.counted()).isEqualTo(150 + LIMIT / 10);
	}

	private Run start(SetClock clock) {
		Run run = Run.of(Budgets.of(0, 0, LIMIT, clock.dates()), directory.resolve("spend.json"));
		run.keeper().restore();
		return run;
	}

}
