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
import io.htgateway.budget.share.Shares;
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
 * Tests of a shared budget for which a reply of the ledger is held back until later ones
 * have arrived.
 */
class HeldRepliesTests {

	private final HoldingLedger ledger = new HoldingLedger();

	private final SharedBudget budget = Budgets.shared(60, 1_000, 1, Shares.NONE, ledger,
			new MutableClock(Instant.EPOCH));

	@BeforeEach
	void start() {
		synchronize();
		ledger.reply(0, "first", 5, 20, 5);
	}

	@Test
	void olderReplyWithTheSameCallsDoesNotEmptyTheMinute() {
		synchronize();
		synchronize();
		ledger.reply(2, "first", 5, 10, 5);

		ledger.reply(1, "first", 5, 0, 5);

		assertThat(minute().remaining()).isEqualTo(10);
		assertThat(charge()).isNotDone();
	}

	@Test
	void olderReplyWithFewerCallsDoesNotFillTheMinute() {
		synchronize();
		synchronize();
		ledger.reply(2, "first", 25, 0, 25);

		ledger.reply(1, "first", 5, 20, 5);

		assertThat(minute().remaining()).isZero();
		assertThat(month().used()).isEqualTo(25);
	}

	@Test
	void olderReplyOfALostLedgerIsIgnored() {
		synchronize();
		synchronize();
		ledger.reply(2, "second", 40, 0, 40);

		ledger.reply(1, "first", 5, 20, 5);
		synchronize();

		assertThat(ledger.request(3).epoch()).isEqualTo("second");
		assertThat(minute().remaining()).isZero();
		assertThat(month().used()).isEqualTo(40);
	}

	@Test
	void olderReplyThatRefusesDoesNotHideLaterCalls() {
		CompletableFuture<CallBudget.@Nullable Charge> refused = charge();
		CompletableFuture<CallBudget.@Nullable Charge> granted = charge();
		ledger.reply(2, "first", 6, 9, 6);

		ledger.refuse(1, "first", 5, 0, 5);

		assertThat(granted).isCompleted();
		assertThat(refused).isCompletedExceptionally();
		assertThat(minute().remaining()).isEqualTo(9);
	}

	@Test
	void olderReplyThatGrantsACallIsUsed() {
		CompletableFuture<CallBudget.@Nullable Charge> first = charge();
		synchronize();
		ledger.reply(2, "first", 6, 19, 6);

		ledger.reply(1, "first", 6, 19, 6);

		assertThat(first).isCompleted();
		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(1);
		assertThat(month().used()).isEqualTo(6);
	}

	@Test
	void replyToAnEarlierRequestThatTheLedgerAnsweredLaterCounts() {
		CompletableFuture<CallBudget.@Nullable Charge> charged = charge();
		synchronize();
		ledger.reply(2, "first", 5, 20, 5);

		ledger.reply(1, "first", 6, 19, 6);

		assertThat(charged).isCompleted();
		assertThat(minute().remaining()).isEqualTo(19);
		assertThat(month().used()).isEqualTo(6);
		assertThat(budget.snapshot().interactiveCalls()).isEqualTo(1);
		synchronize();
		assertThat(ledger.request(3).calls()).isEqualTo(6);
	}

	@Test
	void replyToALaterRequestThatTheLedgerAnsweredEarlierIsIgnored() {
		CompletableFuture<CallBudget.@Nullable Charge> charged = charge();
		synchronize();
		ledger.reply(1, "first", 6, 19, 6);

		ledger.reply(2, "first", 5, 20, 5);

		assertThat(charged).isCompleted();
		assertThat(minute().remaining()).isEqualTo(19);
		assertThat(month().used()).isEqualTo(6);
	}

	@Test
	void olderReplyOfALostLedgerIsIgnoredAfterAReplyToAnEarlierRequest() {
		synchronize();
		synchronize();
		synchronize();
		ledger.reply(3, "second", 40, 0, 40);
		ledger.reply(1, "second", 41, 0, 41);

		ledger.reply(2, "first", 5, 20, 5);

		assertThat(minute().remaining()).isZero();
		assertThat(month().used()).isEqualTo(41);
	}

	@Test
	void repliesWithTheSameCallsAfterAReplyToAnEarlierRequestCountInTheOrderOfTheirRequests() {
		synchronize();
		synchronize();
		synchronize();
		ledger.reply(3, "first", 5, 20, 5);
		ledger.reply(1, "first", 6, 19, 6);
		assertThat(minute().remaining()).isEqualTo(19);

		ledger.reply(2, "first", 6, 18, 6);

		assertThat(minute().remaining()).isEqualTo(18);
	}

	@Test
	void repliesInTheOrderOfTheirRequestsAllCount() {
		synchronize();
		synchronize();
		ledger.reply(1, "first", 7, 18, 7);
		assertThat(minute().remaining()).isEqualTo(18);

		ledger.reply(2, "first", 7, 20, 7);

		assertThat(minute().remaining()).isEqualTo(20);
	}

	private void synchronize() {
		budget.synchronize().subscribe();
	}

	private CompletableFuture<CallBudget.@Nullable Charge> charge() {
		return budget.charge(Priority.INTERACTIVE, "anyone", "risk", Budgets.PATIENCE).toFuture();
	}

	private BudgetSnapshot.Window minute() {
		return budget.snapshot().windows().getFirst();
	}

	private BudgetSnapshot.Window month() {
		return budget.snapshot().windows().getLast();
	}

	/**
	 * A ledger whose replies the test sends, in any order.
	 */
	private static final class HoldingLedger implements Ledger {

		private final List<Request> requests = new ArrayList<>();

		private final List<Sinks.One<Reply>> replies = new ArrayList<>();

		@Override
		public boolean isAvailable() {
			return true;
		}

		@Override
		public Mono<Reply> send(Request request) {
			requests.add(request);
			Sinks.One<Reply> reply = Sinks.one();
			replies.add(reply);
			return reply.asMono();
		}

		private Request request(int number) {
			return requests.get(number);
		}

		private void reply(int number, String epoch, long calls, long left, long month) {
			reply(number, epoch, calls, left, month, null);
		}

		private void refuse(int number, String epoch, long calls, long left, long month) {
			reply(number, epoch, calls, left, month, MinuteWindow.NAME);
		}

		private void reply(int number, String epoch, long calls, long left, long month, @Nullable String refused) {
			Map<String, Calls> windows = Map.of("month", new Calls(0, month, 0, 0));
			Map<Long, Map<String, Long>> minute = Map.of(0L, Map.of("", 60 - left));
			replies.get(number)
				.tryEmitValue(new Reply(epoch, calls, refused, minute, Map.of(), calls, 0, Map.of(), windows, Map.of(),
						Map.of(), 0))
				.orThrow();
		}

	}

}
