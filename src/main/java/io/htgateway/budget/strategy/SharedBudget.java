package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Correction;
import io.htgateway.budget.Priority;
import io.htgateway.budget.elsewhere.SpendElsewhere;
import io.htgateway.budget.file.RestorableBudget;
import io.htgateway.budget.ledger.ChargeOutcome;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.budget.ledger.SharedCharges;
import io.htgateway.budget.ledger.SharedSpend;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.share.WindowShares;
import io.htgateway.budget.window.BudgetState;
import io.htgateway.budget.window.Windows;
import reactor.core.publisher.Mono;

/**
 * Budget that all replicas share, counted in a ledger. While the ledger is unavailable,
 * each replica falls back to a part of the plan that no other replica spends.
 */
public final class SharedBudget implements RestorableBudget {

	/**
	 * Most attempts to be the first replica with a correction.
	 */
	private static final int MOST_CORRECTIONS = 5;

	private final BudgetState state;

	private final SharedSpend spend;

	private final SharedCharges charges;

	private final SpendElsewhere elsewhere;

	/**
	 * Creates a budget that has not received a reply from the ledger yet.
	 */
	public SharedBudget(BudgetProperties properties, Shares shares, InstantSource clock, Ledger ledger) {
		this.state = new BudgetState(Windows.ofAll(properties, shares, clock));
		this.spend = new SharedSpend(ledger, state.windows(), properties, shares, clock);
		this.charges = new SharedCharges(ledger, spend, state, clock);
		this.elsewhere = new SpendElsewhere(state.windows());
	}

	@Override
	public Mono<Charge> charge(Priority priority, String account, String endpoint, Duration patience) {
		return charges.charge(priority, account, endpoint, patience)
			.onErrorMap(BudgetExhausted.class, (refusal) -> refusal.forPriority(priority));
	}

	/**
	 * Releases the charge of a call that was not sent. A charge to the fallback part is
	 * not released, because it may have been reported to the ledger already.
	 */
	@Override
	public void release(Charge charge) {
		if (!charge.id().isEmpty()) {
			charges.release(charge.id(), charge.priority(), charge.account());
		}
	}

	@Override
	public Optional<BudgetExhausted> obstacle() {
		synchronized (state) {
			return Optional.ofNullable(spend.refusal(Priority.INTERACTIVE));
		}
	}

	@Override
	public BudgetSnapshot snapshot() {
		synchronized (state) {
			return state.snapshot(spend.minute());
		}
	}

	@Override
	public Mono<List<AccountUse>> use(String account) {
		return charges.use(account);
	}

	@Override
	public List<WindowShares> shares() {
		synchronized (state) {
			return state.shares(spend.minute());
		}
	}

	// Without the ledger, this replica does not know the minute of the others.
	@Override
	public void rateLimited(Duration retryAfter) {
		boolean changed;
		synchronized (state) {
			changed = elsewhere.rateLimited(retryAfter, spend.sharedMinute());
		}
		if (changed) {
			publish().subscribe();
		}
	}

	/**
	 * Corrects the calls of others for all replicas. Another replica may make an estimate
	 * at the same time, and be the first: then this one is made again. While the ledger
	 * is unavailable, the correction applies to this replica, and to the others later.
	 */
	@Override
	public Mono<Correction> correct(String window, long used) {
		return correct(window, used, MOST_CORRECTIONS);
	}

	private Mono<Correction> correct(String window, long used, int attempts) {
		return Mono.fromCallable(() -> correctHere(window, used))
			.flatMap((correction) -> publish().then(Mono.defer(() -> (attempts == 1 || isCurrent(correction))
					? Mono.just(correction) : correct(window, used, attempts - 1))));
	}

	private Correction correctHere(String window, long used) {
		synchronized (state) {
			return elsewhere.correct(window, used);
		}
	}

	private boolean isCurrent(Correction correction) {
		synchronized (state) {
			return elsewhere.isCurrent(correction);
		}
	}

	private Mono<Void> publish() {
		return Mono.defer(() -> spend.isLedgerAvailable() ? charges.synchronize().onErrorComplete() : Mono.empty());
	}

	@Override
	public void replace(Shares shares) {
		synchronized (state) {
			state.windows().replace(shares);
			spend.replace(shares);
		}
	}

	@Override
	public BudgetState state() {
		return state;
	}

	/**
	 * Logs nothing: the ledger may know the calls before this start.
	 */
	@Override
	public void logUnknown(String reason, String advice) {
	}

	/**
	 * Adopts the spend of other replicas, and reports the calls that this replica charged
	 * without the ledger.
	 */
	public Mono<Void> synchronize() {
		return charges.synchronize();
	}

	/**
	 * Returns the number of charges with the given outcome since the start.
	 */
	public long charges(ChargeOutcome outcome) {
		return charges.count(outcome);
	}

}
