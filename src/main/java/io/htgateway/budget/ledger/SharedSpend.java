package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.CallCounts;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.window.MinuteWindow;
import io.htgateway.budget.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * The spend of all replicas as this one knows it, with the fallback part for the time
 * while the ledger is unavailable. Not thread-safe.
 */
public final class SharedSpend {

	/**
	 * Time until the next synchronization with the ledger.
	 */
	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final Ledger ledger;

	private final Windows windows;

	private final InstantSource clock;

	private final Fallback fallback;

	private Shares shares;

	private final UnreportedCalls unreported = new UnreportedCalls();

	private final UnusedCharges unused = new UnusedCharges();

	private final String replica = UUID.randomUUID().toString();

	private final LedgerCount count;

	private final LedgerRequests requests;

	private long charges;

	private boolean hasUsedFallback;

	/**
	 * Creates a spend that has not received a reply from the ledger yet.
	 */
	public SharedSpend(Ledger ledger, Windows windows, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		this.ledger = ledger;
		this.windows = windows;
		this.clock = clock;
		this.shares = shares;
		this.fallback = new Fallback(windows, properties, shares, clock);
		this.count = new LedgerCount(windows, unreported);
		this.requests = new LedgerRequests(windows, count, clock, !properties.assumeEvenSpend());
	}

	/**
	 * Replaces the shares of accounts.
	 */
	public void replace(Shares next) {
		shares = next;
		fallback.replace(next);
	}

	/**
	 * Returns whether the ledger is available, as far as this replica knows.
	 */
	public boolean isLedgerAvailable() {
		return ledger.isAvailable();
	}

	/**
	 * Returns the minute in which calls are currently counted, or null if the plan does
	 * not limit it.
	 */
	public @Nullable MinuteWindow minute() {
		if (!isLedgerAvailable()) {
			fallback.divide();
			return fallback.minute();
		}
		useWholePlan();
		return windows.minute();
	}

	/**
	 * Returns the minute of all replicas, or null if it is not limited or currently not
	 * known.
	 */
	public @Nullable MinuteWindow sharedMinute() {
		return isLedgerAvailable() ? windows.minute() : null;
	}

	private void useWholePlan() {
		windows.calendar().forEach((window) -> window.divide(1));
	}

	/**
	 * Returns why no call of the given priority is possible, or null if one is possible.
	 */
	public @Nullable BudgetExhausted refusal(Priority priority) {
		if (isLedgerAvailable()) {
			useWholePlan();
			return windows.refusal(priority, windows.minute());
		}
		BudgetExhausted refusal = fallback.refusal(priority);
		return (refusal != null) ? explain(refusal) : null;
	}

	/**
	 * Charges a call to the fallback part.
	 * @throws BudgetExhausted if it has no call left
	 */
	void chargeFallback(Priority priority, String account, String endpoint) {
		windows.roll();
		try {
			fallback.charge(priority, account);
		}
		catch (BudgetExhausted refused) {
			throw explain(refused);
		}
		hasUsedFallback = true;
		unreported.count(priority, reserved(account), new Line(account, endpoint), windows.calendar());
		if (fallback.isWhole()) {
			unreported.countRecent(account, windows.elapsed());
		}
	}

	// The refusal may concern only the fallback part, unless the last reply of the ledger
	// says that the window is spent for all replicas.
	private BudgetExhausted explain(BudgetExhausted refused) {
		boolean known = count.isKnown() && windows.calendar()
			.stream()
			.filter((window) -> window.name().equals(refused.window()))
			.anyMatch((window) -> refused.isOfShare() || window.calls().left() <= 0);
		if (known) {
			return refused;
		}
		Duration later = isLedgerAvailable() ? RETRY_DELAY : refused.retryAfter();
		return (!count.isKnown() && !hasUsedFallback) ? refused.uncountedYet(later) : refused.uncounted(later);
	}

	/**
	 * Returns the request that charges a call.
	 * @throws BudgetExhausted if this replica already knows that no call is left
	 */
	Ledger.Request request(Priority priority, String account, String endpoint) {
		if (count.isKnown()) {
			useWholePlan();
			windows.require(priority, account, windows.minute());
		}
		return requests.next(1, replica + "-" + ++charges, priority, reserved(account),
				Ledger.Entry.ofCharge(new Line(account, endpoint)), null);
	}

	/**
	 * Returns the request that releases the given charge, for which no call is made. It
	 * is repeated until the ledger confirms it, even if the ledger may never have counted
	 * the charge.
	 * @param charge id of the charge
	 */
	Ledger.Request release(String charge, Priority priority, String account) {
		return release(unused.add(charge, priority, account, clock.instant()));
	}

	private Ledger.Request release(UnusedCharges.Unused unusedCharge) {
		windows.roll();
		return requests.next(-1, unusedCharge.charge(), unusedCharge.priority(), reserved(unusedCharge.account()),
				Ledger.Entry.ofRelease(unusedCharge.account()), null);
	}

	/**
	 * Returns the requests for releases that the ledger has not confirmed yet.
	 */
	List<Ledger.Request> releases() {
		return unused.all(clock.instant()).stream().map(this::release).toList();
	}

	/**
	 * Records that the ledger has released the given charge.
	 */
	void released(String charge) {
		unused.remove(charge);
	}

	/**
	 * Returns the request that reads the calls of the given account. It reports calls
	 * like {@link #report()}, so that they are among them.
	 */
	Ledger.Request read(String account) {
		windows.roll();
		useWholePlan();
		return requests.next(0, "", Priority.INTERACTIVE, "", Ledger.Entry.ofRead(account),
				unreported.report(windows.elapsed()));
	}

	/**
	 * Returns the request that reports the calls that the ledger does not know of.
	 */
	Ledger.Request report() {
		windows.roll();
		return requests.next(0, "", Priority.INTERACTIVE, "", Ledger.Entry.NONE, unreported.report(windows.elapsed()));
	}

	// The account if calls are reserved for it, or empty.
	private String reserved(String account) {
		return shares.parts().containsKey(account) ? account : "";
	}

	/**
	 * Adopts the ledger's reply to the given request.
	 * @return the calls since the previous reply, without those that this replica charged
	 * to its fallback part
	 */
	CallCounts apply(Ledger.Request request, Ledger.Reply reply) {
		return count.apply(request, reply, shares.parts().keySet());
	}

	/**
	 * Requires that the ledger has granted the call.
	 * @throws BudgetExhausted if it has refused the call
	 */
	void requireGranted(Ledger.Reply reply, Priority priority, String account) {
		if (reply.refused() != null) {
			windows.require(priority, account, windows.minute());
			throw new BudgetExhausted(reply.refused(), RETRY_DELAY);
		}
	}

}
