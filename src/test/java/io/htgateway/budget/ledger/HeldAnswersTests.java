package io.htgateway.budget.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a shared budget for which one answer of the ledger is held back until later
 * ones have arrived.
 */
class HeldAnswersTests {

	private final HoldingLedger ledger = new HoldingLedger();

	private final SharedBudget budget = Budgets.shared(60, 1_000, 1, Shares.NONE, ledger,
			new MutableClock(Instant.EPOCH));

	@BeforeEach
	void start() {
		look();
		ledger.answer(0, "first", 5, 20, 5);
	}

	@Test
	void olderAnswerWithTheSameCallsDoesNotEmptyTheMinute() {
		look();
		look();
		ledger.answer(2, "first", 5, 10, 5);

		ledger.answer(1, "first", 5, 0, 5);

		assertThat(minute().remaining()).isEqualTo(10);
		assertThat(charge()).isNotDone();
	}

	@Test
	void olderAnswerWithFewerCallsDoesNotFillTheMinute() {
		look();
		look();
		ledger.answer(2, "first", 25, 0, 25);

		ledger.answer(1, "first", 5, 20, 5);

		assertThat(minute().remaining()).isZero();
		assertThat(month().used()).isEqualTo(25);
	}

	@Test
	void olderAnswerOfALedgerThatIsGoneIsIgnored() {
		look();
		look();
		ledger.answer(2, "second", 40, 0, 40);

		ledger.answer(1, "first", 5, 20, 5);
		look();

		assertThat(ledger.question(3).epoch()).isEqualTo("second");
		assertThat(minute().remaining()).isZero();
		assertThat(month().used()).isEqualTo(40);
	}

	@Test
	void olderAnswerOfARefusalDoesNotHideCallsThatCameSince() {
		CompletableFuture<CallBudget.@Nullable Charge> refused = charge();
		CompletableFuture<CallBudget.@Nullable Charge> granted = charge();
		ledger.answer(2, "first", 6, 9, 6);

		ledger.refuse(1, "first", 5, 0, 5);

		assertThat(granted).isCompleted();
		assertThat(refused).isCompletedExceptionally();
		assertThat(minute().remaining()).isEqualTo(9);
	}

	@Test
	void olderAnswerThatGrantsACallGrantsIt() {
		CompletableFuture<CallBudget.@Nullable Charge> first = charge();
		look();
		ledger.answer(2, "first", 6, 19, 6);

		ledger.answer(1, "first", 6, 19, 6);

		assertThat(first).isCompleted();
		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(1);
		assertThat(month().used()).isEqualTo(6);
	}

	@Test
	void answerToAnEarlierQuestionThatTheLedgerAnsweredLaterCounts() {
		CompletableFuture<CallBudget.@Nullable Charge> charged = charge();
		look();
		ledger.answer(2, "first", 5, 20, 5);

		ledger.answer(1, "first", 6, 19, 6);

		assertThat(charged).isCompleted();
		assertThat(minute().remaining()).isEqualTo(19);
		assertThat(month().used()).isEqualTo(6);
		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(1);
		look();
		assertThat(ledger.question(3).calls()).isEqualTo(6);
	}

	@Test
	void answerToALaterQuestionThatTheLedgerAnsweredEarlierIsIgnored() {
		CompletableFuture<CallBudget.@Nullable Charge> charged = charge();
		look();
		ledger.answer(1, "first", 6, 19, 6);

		ledger.answer(2, "first", 5, 20, 5);

		assertThat(charged).isCompleted();
		assertThat(minute().remaining()).isEqualTo(19);
		assertThat(month().used()).isEqualTo(6);
	}

	@Test
	void olderAnswerOfALedgerThatIsGoneIsIgnoredAfterAnAnswerToAnEarlierQuestion() {
		look();
		look();
		look();
		ledger.answer(3, "second", 40, 0, 40);
		ledger.answer(1, "second", 41, 0, 41);

		ledger.answer(2, "first", 5, 20, 5);

		assertThat(minute().remaining()).isZero();
		assertThat(month().used()).isEqualTo(41);
	}

	@Test
	void answersWithTheSameCallsAfterAnAnswerToAnEarlierQuestionCountInTheOrderOfTheirQuestions() {
		look();
		look();
		look();
		ledger.answer(3, "first", 5, 20, 5);
		ledger.answer(1, "first", 6, 19, 6);
		assertThat(minute().remaining()).isEqualTo(19);

		ledger.answer(2, "first", 6, 18, 6);

		assertThat(minute().remaining()).isEqualTo(18);
	}

	@Test
	void answersInTheOrderOfTheirQuestionsAllCount() {
		look();
		look();
		ledger.answer(1, "first", 7, 18, 7);
		assertThat(minute().remaining()).isEqualTo(18);

		ledger.answer(2, "first", 7, 20, 7);

		assertThat(minute().remaining()).isEqualTo(20);
	}

	private void look() {
		budget.synchronize().subscribe();
	}

	private CompletableFuture<CallBudget.@Nullable Charge> charge() {
		return budget.charge(Priority.INTERACTIVE, "anyone", Budgets.PATIENCE).toFuture();
	}

	private BudgetSnapshot.Window minute() {
		return budget.snapshot().windows().getFirst();
	}

	private BudgetSnapshot.Window month() {
		return budget.snapshot().windows().getLast();
	}

	/**
	 * A ledger whose answers a test gives, in any order.
	 */
	private static final class HoldingLedger implements Ledger {

		private final List<Question> questions = new ArrayList<>();

		private final List<Sinks.One<Answer>> answers = new ArrayList<>();

		@Override
		public boolean isAvailable() {
			return true;
		}

		@Override
		public Mono<Answer> ask(Question question) {
			questions.add(question);
			Sinks.One<Answer> answer = Sinks.one();
			answers.add(answer);
			return answer.asMono();
		}

		private Question question(int number) {
			return questions.get(number);
		}

		private void answer(int number, String epoch, long calls, double tokens, long month) {
			answer(number, epoch, calls, tokens, month, null);
		}

		private void refuse(int number, String epoch, long calls, double tokens, long month) {
			answer(number, epoch, calls, tokens, month, MinuteWindow.NAME);
		}

		private void answer(int number, String epoch, long calls, double tokens, long month, @Nullable String refused) {
			Map<String, Calls> windows = Map.of("month", new Calls(0, month, 0, 0));
			answers.get(number)
				.tryEmitValue(new Answer(epoch, calls, refused, tokens, calls, 0, Map.of(), windows, 0))
				.orThrow();
		}

	}

}
