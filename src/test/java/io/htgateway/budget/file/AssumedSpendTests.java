package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Plan;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.LocalBudget;
import io.htgateway.budget.window.AssumedCalls;
import io.htgateway.testing.LogLines;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a state file separates assumed calls from calls that were made, and that
 * both count.
 */
@ExtendWith(OutputCaptureExtension.class)
class AssumedSpendTests {

	private static final long LIMIT = 30_000;

	private static final long EVEN_SPEND = 10_000;

	private static final int LIMIT_PER_MINUTE = 60;

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-11T00:00:00Z"));

	@Test
	void usedCountsOnlyCallsThatWereMade() {
		Run run = start(true);
		run.charge(22);

		assertMonth(run, 22, EVEN_SPEND);
		assertThat(run.minute()).isEqualTo(LIMIT_PER_MINUTE - 22);
	}

	@Test
	void releaseTakesBackACallThatWasMade() {
		Run run = start(true);
		CallBudget.Charge charge = Budgets.charge(run.budget(), Priority.INTERACTIVE, "anyone");

		run.budget().release(charge);

		assertMonth(run, 0, EVEN_SPEND);
	}

	@Test
	void restartStillSeparatesUsedAndAssumedCalls(CapturedOutput output) {
		Run first = start(true);
		first.charge(7);
		first.keeper().close();
		assertThat(LogLines.of(AssumedCalls.class, output)).hasSize(1);

		Run second = start(true);
		second.charge(1);
		second.keeper().close();

		assertMonth(start(true), 8, EVEN_SPEND);
		assertThat(LogLines.of(AssumedCalls.class, output)).hasSize(1);
	}

	@Test
	void restartAfterAKillAssumesUnsavedCalls(CapturedOutput output) {
		Run first = start(true);
		first.charge(7);
		first.keeper().save();

		Run second = start(true);

		assertMonth(second, 7, EVEN_SPEND + LIMIT_PER_MINUTE - 7);
		assertThat(LogLines.of(AssumedCalls.class, output)).last()
			.asString()
			.contains("the last run ended without saving its last calls", "(month: 10053 of 30000)");
		BudgetSnapshot.Window minute = second.budget().snapshot().windows().getFirst();
		assertThat(minute.used()).isZero();
		assertThat(minute.assumed()).isEqualTo(LIMIT_PER_MINUTE);
		clock.advance(Duration.ofSeconds(63));
		second.charge(3);
		minute = second.budget().snapshot().windows().getFirst();
		assertThat(minute.used()).isEqualTo(3);
		assertThat(minute.used() + minute.assumed() + minute.remaining()).isEqualTo(LIMIT_PER_MINUTE);
		clock.advance(Duration.ofMinutes(3));
		assertThat(Budgets.counted(second.budget().snapshot().windows().getFirst())).isZero();
	}

	@Test
	void nextMonthBeginsWithoutUsedOrAssumedCalls() {
		Run run = start(true);
		run.charge(7);

		clock.advance(Duration.ofDays(20));

		assertMonth(run, 0, 0);
		run.keeper().close();
		assertMonth(start(true), 0, 0);
	}

	@Test
	void restartWithAFileOfAnEarlierVersionCountsAllAsUsed() throws IOException {
		Files.writeString(file(), "{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true,\"minute\":40,"
				+ "\"windows\":{\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":9007}}}");

		assertMonth(start(true), 9007, 0);
	}

	@Test
	void fileHasTheSumForEarlierVersions() throws IOException {
		Run run = start(true);
		run.charge(7);
		run.keeper().close();

		assertThat(Files.readString(file()))
			.contains("\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":" + (EVEN_SPEND + 7) + "}");
	}

	@ParameterizedTest
	@ValueSource(longs = { 9_008, 1_000_000_000_000L })
	void restartWithMoreAssumedThanCountedAssumesNoMoreThanAll(long assumed) throws IOException {
		Files.writeString(file(), "{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true,\"minute\":40,\"windows\":{"
				+ "\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":9007},\"assumed:month@2026-11-01T00:00:00Z\":"
				+ "{\"start\":\"2026-11-01T00:00:00Z\",\"used\":" + assumed + "}}}");

		assertMonth(start(true), 0, 9007);
	}

	@Test
	void restartWithAnotherBillingDayAssumesTheRestOfAnEvenSpend(CapturedOutput output) {
		Run first = start(true);
		first.charge(7);
		first.keeper().close();
		LocalBudget budget = new LocalBudget(
				new BudgetProperties(Plan.CUSTOM, 60L, null, 1_000_000L, 10, 1, 0.1, null, true, Duration.ofSeconds(2)),
				Shares.NONE, clock);
		Run second = Run.of(budget, file());

		second.keeper().restore();

		assertThat(second.used()).isEqualTo(7);
		assertThat(second.counted()).isEqualTo(33_334);
		assertThat(output).contains("it has no count of the current period; assuming an even spend until now");
	}

	@Test
	void startWithoutARecordLogsTheAssumedCallsAndHowToChangeThem(CapturedOutput output) {
		start(true);

		assertThat(LogLines.of(AssumedCalls.class, output)).singleElement()
			.asString()
			.endsWith("Calls made before this start are unknown, because the file of gateway.budget.state-file does not"
					+ " exist yet: assuming that the plan was used evenly until now (month: 10000 of 30000). These calls"
					+ " are shown as assumed, not as used. Set gateway.budget.assume-even-spend=false if none were made"
					+ " before");
	}

	@Test
	void startWithoutEvenSpendAssumesNoCalls(CapturedOutput output) {
		Run run = start(false);
		run.charge(22);

		assertMonth(run, 22, 0);
		assertThat(LogLines.of(AssumedCalls.class, output)).singleElement()
			.asString()
			.contains("assuming none (month: 0 of 30000), since gateway.budget.assume-even-spend=false");
	}

	@Test
	void restartWithoutEvenSpendDropsCallsThatAnEarlierRunAssumed() {
		Run first = start(true);
		first.charge(7);
		first.keeper().close();

		assertMonth(start(false), 7, 0);
	}

	@Test
	void restartAfterAKillWithoutEvenSpendStillAssumesUnsavedCalls() {
		Run first = start(false);
		first.charge(7);
		first.keeper().save();

		Run second = start(false);
		assertMonth(second, 7, LIMIT_PER_MINUTE - 7);
		second.keeper().close();

		assertMonth(start(false), 7, LIMIT_PER_MINUTE - 7);
	}

	@Test
	void restartWithADamagedFileAlwaysAssumesAnEvenSpend() throws IOException {
		Files.writeString(file(), "{");

		Run run = start(false);
		assertMonth(run, 0, EVEN_SPEND);
		run.keeper().close();

		assertMonth(start(false), 0, EVEN_SPEND);
	}

	private static void assertMonth(Run run, long used, long assumed) {
		BudgetSnapshot.Window month = run.budget().snapshot().windows().getLast();
		assertThat(month.used()).isEqualTo(used);
		assertThat(month.assumed()).isEqualTo(assumed);
		assertThat(month.remaining()).isEqualTo(LIMIT - used - assumed);
	}

	private Run start(boolean assumeEvenSpend) {
		LocalBudget budget = new LocalBudget(new BudgetProperties(Plan.CUSTOM, 60L, null, LIMIT, 1, 1, 0.1, null,
				assumeEvenSpend, Duration.ofSeconds(2)), Shares.NONE, clock);
		Run run = Run.of(budget, file());
		run.keeper().restore();
		return run;
	}

	private Path file() {
		return directory.resolve("spend.json");
	}

}
