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

	private final int replicas;

	private long interactiveCalls;

	private long refreshCalls;

	private boolean ended;

	/**
	 * A budget of this replica's own, if there is no ledger.
	 */
	CallBudget(BudgetProperties properties, Shares shares, InstantSource clock, @Nullable Ledger ledger) {
		this.clock = clock;
		this.replicas = properties.replicas();
		if (ledger == null) {
			this.windows = Windows.of(properties, shares, clock);
			this.shared = null;
		}
		else {
			this.windows = SharedSpend.windows(properties, shares, clock);
			this.shared = new SharedSpend(ledger, windows, properties, shares, clock);
		}
	}

	/**
	 * Charges one call, right before it goes out: a retry is another one, and what the
	 * answer is does not matter. Fails with {@link BudgetExhausted} when the call must
	 * not be made.
	 * @param account in whose name it is made
	 */
	public Mono<Charge> charge(Priority priority, String account) {
		return Mono.defer(() -> (shared != null && shared.isInReach()) ? chargeShared(shared, priority, account)
				: Mono.just(chargeHere(priority, account)));
	}

	/**
	 * Grants calls again after an end.
	 */
	public synchronized void begin() {
		ended = false;
	}

	/**
	 * Grants no more calls: loads go on after the last client, and a call that is made
	 * after the spend was recorded for the last time would be forgotten.
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
	 * How many replicas share the plan.
	 */
	public int replicas() {
		return replicas;
	}

	private synchronized Charge chargeHere(Priority priority, String account) {
		requireOpen();
		if (shared != null) {
			shared.chargeApart(priority, account);
		}
		else {
			windows.require(priority, account, windows.minute());
			count(account);
		}
		add((priority == Priority.INTERACTIVE) ? 1 : 0, (priority == Priority.REFRESH) ? 1 : 0);
		return new Charge(priority, account, clock.instant(), "");
	}

	// Where the ledger says nothing, the call may be counted there, and is counted here
	// as well.
	private Mono<Charge> chargeShared(SharedSpend ledger, Priority priority, String account) {
		return ledger.ask(question(ledger, priority, account))
			.map((answer) -> settle(ledger, answer, priority, account))
			.onErrorResume((failure) -> !(failure instanceof BudgetExhausted),
					(failure) -> Mono.fromCallable(() -> chargeHere(priority, account)));
	}

	private synchronized Ledger.Question question(SharedSpend ledger, Priority priority, String account) {
		requireOpen();
		return ledger.question(priority, account);
	}

	private synchronized Charge settle(SharedSpend ledger, Ledger.Answer answer, Priority priority, String account) {
		apply(ledger, answer);
		ledger.requireGranted(answer, priority, account);
		return new Charge(priority, account, clock.instant(), answer.epoch());
	}

	private synchronized void apply(SharedSpend ledger, Ledger.Answer answer) {
		SharedSpend.Elsewhere calls = ledger.apply(answer);
		add(calls.interactive(), calls.refresh());
	}

	/**
	 * Takes over what other replicas spent, and tells what this one spent without them.
	 * Does nothing where nothing is shared.
	 */
	public Mono<Void> synchronize() {
		return Mono.justOrEmpty(shared).flatMap((ledger) -> {
			Ledger.Question question;
			synchronized (this) {
				question = ledger.report();
			}
			return ledger.ask(question).doOnNext((answer) -> apply(ledger, answer)).then();
		});
	}

	private void count(String account) {
		windows.calendar().forEach((window) -> window.count(account));
		if (windows.minute() != null) {
			windows.minute().count(account);
		}
	}

	private void add(long interactive, long refresh) {
		interactiveCalls += interactive;
		refreshCalls += refresh;
	}

	/**
	 * Takes back the charge of a call that did not go out after all. One that the ledger
	 * does not know of stays: it may know of it all the same.
	 */
	public void release(Charge charge) {
		if (shared == null) {
			releaseHere(charge);
		}
		else {
			releaseShared(shared, charge);
		}
	}

	private void releaseShared(SharedSpend ledger, Charge charge) {
		Ledger.Question question;
		synchronized (this) {
			question = ledger.release(charge);
		}
		if (question != null) {
			ledger.ask(question).doOnNext((answer) -> apply(ledger, answer)).onErrorComplete().subscribe();
		}
	}

	private synchronized void releaseHere(Charge charge) {
		windows.roll();
		windows.calendar().forEach((window) -> window.release(charge.at(), charge.account()));
		if (windows.minute() != null) {
			windows.minute().release(charge.account());
		}
		add((charge.priority() == Priority.INTERACTIVE) ? -1 : 0, (charge.priority() == Priority.REFRESH) ? -1 : 0);
	}

	/**
	 * Why a client that waits could get no call now, if it could not.
	 */
	public synchronized Optional<BudgetExhausted> obstacle() {
		return Optional.ofNullable((shared != null) ? shared.refusal(Priority.INTERACTIVE)
				: windows.refusal(Priority.INTERACTIVE, windows.minute()));
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
	}

	/**
	 * There was an earlier run, of which nothing is known: it may have spent the minute.
	 */
	synchronized void restoreUnknown() {
		if (windows.minute() != null) {
			windows.minute().restore(0, Duration.ZERO);
		}
	}

	/**
	 * A call that was charged.
	 *
	 * @param epoch the ledger that counted it, or nothing
	 */
	public record Charge(Priority priority, String account, Instant at, String epoch) {

		public Charge {
			Objects.requireNonNull(epoch);
		}

	}

}
