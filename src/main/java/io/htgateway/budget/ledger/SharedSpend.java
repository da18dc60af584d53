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
 * The spend of all replicas as this one knows it, and what it does while it knows nothing
 * new. Not thread-safe.
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

	private final Questions questions;

	private long charges;

	private boolean calledApart;

	public SharedSpend(Ledger ledger, Windows windows, BudgetProperties properties, Shares shares, InstantSource clock) {
		this.ledger = ledger;
		this.windows = windows;
		this.clock = clock;
		this.shares = shares;
		this.fallback = new Fallback(windows, properties, shares, clock);
		this.count = new LedgerCount(windows, unreported);
		this.questions = new Questions(windows, count, clock);
	}

	/**
	 * Keeps the given shares from now on.
	 */
	public void replace(Shares next) {
		shares = next;
		fallback.replace(next);
	}

	boolean isInReach() {
		return ledger.isAvailable();
	}

	/**
	 * The current minute.
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
	 * Why no call is currently possible, if none is.
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
	 * Charges a call to what this replica may spend without the others.
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
	 * Asks for a call.
	 * @throws BudgetExhausted where it is known that there is none
	 */
	Ledger.Question question(Priority priority, String account) {
		if (count.isKnown()) {
			unite();
			windows.require(priority, account);
		}
		return questions.next(1, replica + "-" + ++charges, priority, reserved(account), null);
	}

	/**
	 * Gives back the charge of the given name, for which no call is made, even if it is
	 * not known whether the ledger counted it. Repeated until the ledger confirms it.
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
	 * Asks for no call, and reports those that the ledger does not know of.
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
	 * Takes over what the ledger answers to the given question.
	 * @return the calls since, without those that were made here apart from the others
	 */
	CallCounts apply(Ledger.Question question, Ledger.Answer answer) {
		return count.apply(question, answer, shares.parts().keySet());
	}

	/**
	 * Requires that the ledger has granted the call.
	 * @throws BudgetExhausted where it has not
	 */
	void requireGranted(Ledger.Answer answer, Priority priority, String account) {
		if (answer.refused() != null) {
			windows.require(priority, account);
			throw new BudgetExhausted(answer.refused(), SOON);
		}
	}

}
