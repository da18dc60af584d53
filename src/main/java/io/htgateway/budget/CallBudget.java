package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The calls that the plan allows: each one is charged before it goes out, and refused
 * where any window has no place for it. Keeps a part for clients that wait.
 */
public final class CallBudget {

	private final InstantSource clock;

	private final Windows windows;

	private final @Nullable SharedSpend shared;

	private final @Nullable SharedCharges charges;

	private final int replicas;

	private final boolean assumesEvenSpend;

	private long interactiveCalls;

	private long refreshCalls;

	private boolean ended;

	/**
	 * A budget of this replica's own, if there is no ledger.
	 */
	CallBudget(BudgetProperties properties, Shares shares, InstantSource clock, @Nullable Ledger ledger) {
		this.clock = clock;
		this.replicas = properties.replicas();
		this.assumesEvenSpend = properties.assumeEvenSpend();
		if (ledger == null) {
			this.windows = Windows.of(properties, shares, clock);
			this.shared = null;
			this.charges = null;
		}
		else {
			this.windows = SharedSpend.windows(properties, shares, clock);
			this.shared = new SharedSpend(ledger, windows, properties, shares, clock);
			this.charges = new SharedCharges(shared, clock, this, this::add, this::requireOpen);
		}
	}

	/**
	 * Charges one call, right before it goes out: a retry is another one, and what the
	 * answer is does not matter. Fails with {@link BudgetExhausted} when the call must
	 * not be made.
	 * @param account in whose name it is made
	 * @param patience longest time to wait for the shared count
	 */
	public Mono<Charge> charge(Priority priority, String account, Duration patience) {
		Mono<Charge> charge = (charges != null) ? charges.charge(priority, account, patience)
				: Mono.fromCallable(() -> chargeHere(priority, account));
		return charge.onErrorMap(BudgetExhausted.class, (refusal) -> refusal.to(priority));
	}

	/**
	 * Grants calls again after an end.
	 */
	public synchronized void begin() {
		ended = false;
	}

	/**
	 * Stops granting calls: loads go on after the last client has gone, and calls after
	 * the last recording of the spend would be forgotten.
	 */
	public synchronized void end() {
		ended = true;
	}

	private void requireOpen() {
		if (ended) {
			throw BudgetExhausted.ofEnd();
		}
	}

	/**
	 * Returns the number of replicas that share the plan.
	 */
	public int replicas() {
		return replicas;
	}

	private synchronized Charge chargeHere(Priority priority, String account) {
		requireOpen();
		windows.require(priority, account, windows.minute());
		count(account);
		add(CallCounts.one(priority));
		return new Charge(priority, account, clock.instant(), "");
	}

	/**
	 * Takes over what other replicas spent, and reports what this one spent without them.
	 * Does nothing where nothing is shared.
	 */
	public Mono<Void> synchronize() {
		return (charges != null) ? charges.synchronize() : Mono.empty();
	}

	private void count(String account) {
		windows.calendar().forEach((window) -> window.count(account));
		if (windows.minute() != null) {
			windows.minute().count(account);
		}
	}

	private void add(CallCounts calls) {
		interactiveCalls += calls.interactive();
		refreshCalls += calls.refresh();
	}

	/**
	 * Takes back the charge of a call that was not sent. A charge to this replica's own
	 * part stays, because it may have been reported already.
	 */
	public void release(Charge charge) {
		if (charges == null) {
			releaseHere(charge);
		}
		else if (!charge.id().isEmpty()) {
			charges.giveBack(charge.id(), charge.priority(), charge.account());
		}
	}

	private synchronized void releaseHere(Charge charge) {
		windows.roll();
		windows.calendar().forEach((window) -> window.release(charge.at(), charge.account()));
		if (windows.minute() != null) {
			windows.minute().release(charge.account());
		}
		CallCounts one = CallCounts.one(charge.priority());
		interactiveCalls -= one.interactive();
		refreshCalls -= one.refresh();
	}

	/**
	 * Why a client that waits could get no call now, if it could not.
	 */
	public synchronized Optional<BudgetExhausted> obstacle() {
		return Optional.ofNullable((shared != null) ? shared.refusal(Priority.INTERACTIVE)
				: windows.refusal(Priority.INTERACTIVE, windows.minute()));
	}

	/**
	 * Returns the number of charges to the shared budget with this outcome since the
	 * start.
	 */
	public long charges(ChargeOutcome outcome) {
		return (charges != null) ? charges.count(outcome) : 0;
	}

	/**
	 * The budget now.
	 */
	public synchronized BudgetSnapshot snapshot() {
		MinuteWindow minute = (shared != null) ? shared.minute() : windows.minute();
		Instant now = windows.roll();
		List<BudgetSnapshot.Window> all = new ArrayList<>();
		double refreshRate = Double.MAX_VALUE;
		if (minute != null) {
			all.add(minute.snapshot(now));
			refreshRate = minute.refreshRate();
		}
		long projectedSpend = 0;
		for (CalendarWindow window : windows.calendar()) {
			all.add(window.snapshot(now));
			refreshRate = Math.min(refreshRate, window.refreshRate(now));
			projectedSpend = window.projectedSpend(now);
		}
		return new BudgetSnapshot(all, interactiveCalls, refreshCalls, refreshRate, projectedSpend);
	}

	/**
	 * Keeps the given shares from now on. What was spent stays spent.
	 */
	public synchronized void replace(Shares shares) {
		windows.replace(shares);
		if (shared != null) {
			shared.replace(shares);
		}
	}

	/**
	 * What has to survive a restart.
	 */
	synchronized Spend spend() {
		return Spend.of(windows.roll(), windows.minute(), windows.calendar());
	}

	/**
	 * Takes up what an earlier run left.
	 */
	synchronized void restore(Spend earlier) {
		earlier.restoreTo(windows.roll(), windows.minute(), windows.calendar());
		if (!assumesEvenSpend) {
			windows.calendar().forEach(CalendarWindow::assumeNothing);
		}
		AssumedCalls.logRestored(earlier, windows.calendar());
	}

	/**
	 * Prepares for an earlier run of unknown spend, which may have spent the minute.
	 */
	synchronized void restoreUnknown() {
		Instant now = windows.roll();
		windows.calendar().forEach((window) -> window.assumeEvenSpend(now));
		if (windows.minute() != null) {
			windows.minute().restoreUnknown();
		}
	}

	/**
	 * Logs that nothing is known of the calls before this start, unless the ledger may
	 * know them.
	 * @param reason why nothing is known
	 * @param advice what to do to know it next time, or an empty text
	 */
	synchronized void logUnknown(String reason, String advice) {
		if (shared == null) {
			AssumedCalls.logUnknown(assumesEvenSpend, windows.calendar(), reason, advice);
		}
	}

	/**
	 * A call that was charged.
	 *
	 * @param id its name in the ledger, or empty
	 */
	public record Charge(Priority priority, String account, Instant at, String id) {

		public Charge {
			Objects.requireNonNull(id);
		}

	}

}
