package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
import io.htgateway.budget.window.CallCounts;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * The spend of all replicas as this one knows it, with the fallback to its own part while
 * the ledger is unavailable. Not thread-safe.
 */
public final class SharedSpend {

	/**
	 * Until the next look at the ledger.
	 */
	private static final Duration SOON = Duration.ofSeconds(1);

	private final Ledger ledger;

	private final Windows windows;

	private final InstantSource clock;

	private final Fallback fallback;

	private Shares shares;

	private final UnreportedCalls unreported = new UnreportedCalls();

	private final UnusedCharges unused = new UnusedCharges();

	private final String replica = UUID.randomUUID().toString();

	private final LedgerCount count;

	private final LedgerRequests questions;

	private long charges;

	private boolean calledApart;

	/**
	 * Creates a spend of which the ledger has reported nothing yet.
	 */
	public SharedSpend(Ledger ledger, Windows windows, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		this.ledger = ledger;
		this.windows = windows;
		this.clock = clock;
		this.shares = shares;
		this.fallback = new Fallback(windows, properties, shares, clock);
		this.count = new LedgerCount(windows, unreported);
		this.questions = new LedgerRequests(windows, count, clock, !properties.assumeEvenSpend());
	}

	/**
	 * Replaces the shares of accounts.
	 */
	public void replace(Shares next) {
		shares = next;
		fallback.replace(next);
	}

	boolean isInReach() {
		return ledger.isAvailable();
	}

	/**
	 * Returns the minute in which calls are currently counted, or null without one.
	 */
	public @Nullable MinuteWindow minute() {
		if (!isInReach()) {
			fallback.divide();
			return fallback.minute();
		}
		unite();
		return windows.minute();
	}

	private void unite() {
		windows.calendar().forEach((window) -> window.divide(1));
	}

	/**
	 * Returns the reason why no such call is possible, or null if one is.
	 */
	public @Nullable BudgetExhausted refusal(Priority priority) {
		if (isInReach()) {
			unite();
			return windows.refusal(priority);
		}
		BudgetExhausted refusal = fallback.refusal(priority);
		return (refusal != null) ? known(refusal) : null;
	}

	/**
	 * Charges a call to this replica's own part.
	 * @throws BudgetExhausted if that part is used up
	 */
	void chargeApart(Priority priority, String account) {
		windows.roll();
		try {
			fallback.charge(priority, account);
		}
		catch (BudgetExhausted refused) {
			throw known(refused);
		}
		calledApart = true;
		unreported.count(priority, reserved(account), windows.calendar());
	}

	// Only this replica's part is spent, unless the ledger reported more before.
	private BudgetExhausted known(BudgetExhausted refused) {
		boolean known = count.isKnown() && windows.calendar()
			.stream()
			.filter((window) -> window.name().equals(refused.window()))
			.anyMatch((window) -> refused.isOfShare() || window.calls().left() <= 0);
		if (known) {
			return refused;
		}
		Duration later = isInReach() ? SOON : refused.retryAfter();
		return (!count.isKnown() && !calledApart) ? refused.uncountedYet(later) : refused.uncounted(later);
	}

	/**
	 * Returns the question that charges a call.
	 * @throws BudgetExhausted if it is known that no call is left
	 */
	Ledger.Question question(Priority priority, String account) {
		if (count.isKnown()) {
			unite();
			windows.require(priority, account);
		}
		return questions.next(1, replica + "-" + ++charges, priority, reserved(account), null);
	}

	/**
	 * Returns the question that gives back the charge of the given name, for which no
	 * call is made. It is repeated until the ledger confirms it, even if the ledger may
	 * never have counted the charge.
	 */
	Ledger.Question release(String charge, Priority priority, String account) {
		UnusedCharges.Unused given = unused.add(charge, priority, account, clock.instant());
		return release(given);
	}

	private Ledger.Question release(UnusedCharges.Unused given) {
		windows.roll();
		return questions.next(-1, given.charge(), given.priority(), reserved(given.account()), null);
	}

	/**
	 * Returns the questions that give back charges not yet confirmed by the ledger.
	 */
	List<Ledger.Question> releases() {
		return unused.all(clock.instant()).stream().map(this::release).toList();
	}

	/**
	 * Records that the ledger has taken back the given charge.
	 */
	void released(String charge) {
		unused.remove(charge);
	}

	/**
	 * Returns the question that reports the calls that the ledger does not know of.
	 */
	Ledger.Question report() {
		windows.roll();
		return questions.next(0, "", Priority.INTERACTIVE, "", unreported.report());
	}

	// The account, if calls are reserved for it.
	private String reserved(String account) {
		return shares.parts().containsKey(account) ? account : "";
	}

	/**
	 * Takes over the ledger's answer to the given question.
	 * @return the calls since, without those that this replica charged to its own part
	 */
	CallCounts apply(Ledger.Question question, Ledger.Answer answer) {
		return count.apply(question, answer, shares.parts().keySet());
	}

	/**
	 * Requires that the ledger has granted the call.
	 * @throws BudgetExhausted if it has not
	 */
	void requireGranted(Ledger.Answer answer, Priority priority, String account) {
		if (answer.refused() != null) {
			windows.require(priority, account);
			throw new BudgetExhausted(answer.refused(), SOON);
		}
	}

}
