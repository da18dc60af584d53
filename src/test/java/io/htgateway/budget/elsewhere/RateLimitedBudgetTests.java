package io.htgateway.budget.elsewhere;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.testing.LogLines;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests how many calls of others a budget counts after a 429 although it has calls left.
 */
@ExtendWith(OutputCaptureExtension.class)
class RateLimitedBudgetTests {

	private static final Instant DAY_25 = Instant.parse("2026-11-25T00:00:00Z");

	private static final long EVEN_SPEND = 24_000;

	private static final long LEFT = 6_000;

	private final MutableClock clock = new MutableClock(DAY_25);

	private final CallBudget budget = Budgets.of(60, 0, 30_000, clock);

	@ParameterizedTest
	@CsvSource({ "P6D, 6000", "P4DT19H, 6000", "P7DT5H, 6000", "P4DT17H, 600", "P7DT7H, 600", "PT1H, 600",
			"PT121S, 600", "P300D, 600", "PT120S, 0", "PT60S, 0", "PT1S, 0" })
	void waitDecidesHowMuchIsSpentElsewhere(Duration wait, long elsewhere) {
		budget.rateLimited(wait);

		assertMonth(elsewhere);
	}

	@Test
	void waitUntilTheEndSpendsTheMonthAndOneLineSaysSo(CapturedOutput output) {
		budget.rateLimited(Duration.ofDays(6));
		budget.rateLimited(Duration.ofDays(6));

		assertThatThrownBy(() -> Budgets.charge(budget, Priority.INTERACTIVE, "anyone"))
			.isInstanceOf(BudgetExhausted.class);
		assertThat(budget.snapshot().refreshRate()).isZero();
		assertThat(LogLines.of(ElsewhereLog.class, output)).singleElement()
			.asString()
			.contains(" WARN ", "counting 6000 of them as spent elsewhere: window=month limit=30000 counted=24000"
					+ " elsewhere=6000 remaining=0 retryAfterSeconds=518400.");
	}

	@Test
	void nextMonthBeginsWithoutCallsOfOthers() {
		budget.rateLimited(Duration.ofDays(6));

		clock.advance(Duration.ofDays(6));

		assertMonth(0);
		assertThat(month().remaining()).isEqualTo(30_000);
	}

	@Test
	void oneWaitTakesAtMostAQuarterOfTheLimit() {
		clock.advance(Duration.ofDays(-20));
		CallBudget early = Budgets.of(60, 0, 30_000, clock);

		early.rateLimited(Duration.ofDays(26));

		assertThat(early.snapshot().windows().getLast().elsewhere()).isEqualTo(7_500);
		clock.advance(Duration.ofHours(1));
		early.rateLimited(Duration.ofDays(26).minusHours(1));
		assertThat(early.snapshot().windows().getLast().elsewhere()).isEqualTo(15_000);
	}

	@Test
	void answersOfCallsInFlightCountOnce(CapturedOutput output) {
		for (int answer = 0; answer < 30; answer++) {
			budget.rateLimited(Duration.ofHours(3));
			clock.advance(Duration.ofSeconds(1));
		}

		assertMonth(600);
		assertThat(LogLines.of(ElsewhereLog.class, output)).hasSize(1);
	}

	@Test
	void unclearWaitsTakeATenthOfWhatIsLeftAboutOnceADay() {
		for (int hour = 0; hour < 72; hour++) {
			budget.rateLimited(Duration.ofHours(3));
			clock.advance(Duration.ofHours(1));
		}

		assertMonth(600 + 540 + 486);
		assertThat(month().remaining()).isEqualTo(LEFT - 600 - 540 - 486);
	}

	@Test
	void unclearWaitsAtTheEndOfTheMonthAreNotItsEnd() {
		clock.advance(Duration.ofDays(5).plusHours(12));

		budget.rateLimited(Duration.ofHours(3));
		assertMonth(600);

		clock.advance(Duration.ofMinutes(5));
		budget.rateLimited(Duration.ofHours(8));
		assertMonth(6_000);
	}

	@Test
	void waitUntilTheMonthBeganAtTheUpstreamIsThatOfTheMonthBefore() {
		clock.advance(Duration.ofDays(6).plusHours(2));

		budget.rateLimited(Duration.ofHours(14));

		assertMonth(0);
	}

	@Test
	void waitThatFitsTheDayConcernsTheDay(CapturedOutput output) {
		CallBudget both = Budgets.of(0, 1_000, 30_000, clock);
		clock.advance(Duration.ofHours(4));

		both.rateLimited(Duration.ofHours(20));

		assertThat(both.snapshot().windows()).extracting(BudgetSnapshot.Window::elsewhere).containsExactly(250L, 0L);
		assertThat(LogLines.of(ElsewhereLog.class, output)).singleElement().asString().contains("window=day");
		clock.advance(Duration.ofHours(20));
		assertThat(both.snapshot().windows()).extracting(BudgetSnapshot.Window::elsewhere).containsExactly(0L, 0L);
	}

	@Test
	void waitOnThePlanFreeConcernsTheDay() {
		CallBudget free = Budgets.of(0, 100, 0, clock);

		free.rateLimited(Duration.ofHours(5));

		assertThat(free.snapshot().windows().getFirst().elsewhere()).isEqualTo(10);
	}

	@Test
	void waitWithoutADayOrMonthIsIgnored() {
		CallBudget minute = Budgets.of(60, 0, 0, clock);

		minute.rateLimited(Duration.ofDays(6));

		assertThat(minute.snapshot().windows()).singleElement()
			.satisfies((window) -> assertThat(window.remaining()).isEqualTo(60));
	}

	@Test
	void waitOfAMinuteThatHasRoomIsLoggedOnceADay(CapturedOutput output) {
		Budgets.drain(budget, Priority.INTERACTIVE, 29);
		budget.rateLimited(Duration.ofSeconds(40));
		budget.rateLimited(Duration.ofSeconds(40));

		assertMonth(0, 29);
		assertThat(LogLines.of(ElsewhereLog.class, output)).singleElement()
			.asString()
			.contains(" WARN ", "although 31 of 60 calls of the minute are left");
		clock.advance(Duration.ofDays(1));
		budget.rateLimited(Duration.ofSeconds(40));
		assertThat(LogLines.of(ElsewhereLog.class, output)).hasSize(2);
	}

	@Test
	void waitOfAMinuteThatIsHalfUsedIsNotLogged(CapturedOutput output) {
		Budgets.drain(budget, Priority.INTERACTIVE, 30);

		budget.rateLimited(Duration.ofSeconds(40));

		assertThat(LogLines.of(ElsewhereLog.class, output)).isEmpty();
	}

	@Test
	void clockThatIsSetForwardAndBackFindsTheCallsOfOthersAgain() {
		SetClock set = new SetClock(DAY_25);
		CallBudget moved = Budgets.of(60, 0, 30_000, set.dates());
		moved.rateLimited(Duration.ofHours(3));

		set.setForGood(Duration.ofDays(40));
		assertThat(moved.snapshot().windows().getLast().elsewhere()).isZero();
		set.setForGood(Duration.ofDays(-40));

		assertThat(moved.snapshot().windows().getLast().elsewhere()).isEqualTo(600);
	}

	@Test
	void estimateOfALaterTimeDoesNotHideEvidence() {
		SetClock set = new SetClock(DAY_25);
		CallBudget moved = Budgets.of(60, 0, 30_000, set.dates());
		moved.rateLimited(Duration.ofHours(3));

		set.setForGood(Duration.ofDays(-2));
		moved.rateLimited(Duration.ofHours(3));

		assertThat(moved.snapshot().windows().getLast().elsewhere()).isEqualTo(600 + 540);
	}

	private void assertMonth(long elsewhere) {
		assertMonth(elsewhere, 0);
	}

	private void assertMonth(long elsewhere, long used) {
		assertThat(month().elsewhere()).isEqualTo(elsewhere);
		assertThat(month().used()).isEqualTo(used);
		if (clock.instant().isBefore(Instant.parse("2026-12-01T00:00:00Z"))) {
			assertThat(month().assumed()).isEqualTo(EVEN_SPEND);
			assertThat(month().remaining()).isEqualTo(LEFT - elsewhere - used);
		}
	}

	private BudgetSnapshot.Window month() {
		return budget.snapshot().windows().getLast();
	}

}
