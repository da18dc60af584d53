package io.htgateway.budget.strategy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallCounts;
import io.htgateway.budget.Correction;
import io.htgateway.budget.Priority;
import io.htgateway.budget.elsewhere.SpendElsewhere;
import io.htgateway.budget.file.RestorableBudget;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.share.WindowShares;
import io.htgateway.budget.window.AssumedCalls;
import io.htgateway.budget.window.BudgetState;
import io.htgateway.budget.window.Windows;
import reactor.core.publisher.Mono;

/**
 * Budget of a replica that counts its calls alone. It has an equal part of the plan, or
 * all of it as the only replica.
 */
public final class LocalBudget implements RestorableBudget {

	private final Windows windows;

	private final BudgetState state;

	private final SpendElsewhere elsewhere;

	private final BudgetProperties properties;

	/**
	 * Creates a budget of which this run has not spent any call yet.
	 */
	public LocalBudget(BudgetProperties properties, Shares shares, InstantSource clock) {
		this.windows = Windows.ofOne(properties, shares, clock);
		this.state = new BudgetState(windows);
		this.elsewhere = new SpendElsewhere(windows);
		this.properties = properties;
	}

	@Override
	public Mono<Charge> charge(Priority priority, String account, String endpoint, Duration patience) {
		return Mono.fromCallable(() -> charge(priority, account, endpoint))
			.onErrorMap(BudgetExhausted.class, (refusal) -> refusal.forPriority(priority));
	}

	private Charge charge(Priority priority, String account, String endpoint) {
		synchronized (state) {
			state.requireOpen();
			windows.require(priority, account, windows.minute());
			Instant at = windows.count(account, endpoint);
			state.add(CallCounts.one(priority));
			return new Charge(priority, account, endpoint, at, "");
		}
	}

	@Override
	public void release(Charge charge) {
		synchronized (state) {
			windows.release(charge.at(), charge.account(), charge.endpoint());
			state.add(CallCounts.one(charge.priority()).negated());
		}
	}

	@Override
	public Optional<BudgetExhausted> obstacle() {
		synchronized (state) {
			return Optional.ofNullable(windows.refusal(Priority.INTERACTIVE, windows.minute()));
		}
	}

	@Override
	public BudgetSnapshot snapshot() {
		return state.snapshot(windows.minute());
	}

	@Override
	public Mono<List<AccountUse>> use(String account) {
		return Mono.fromCallable(() -> state.use(account, null));
	}

	@Override
	public List<WindowShares> shares() {
		return state.shares(windows.minute());
	}

	@Override
	public void rateLimited(Duration retryAfter) {
		synchronized (state) {
			elsewhere.rateLimited(retryAfter, windows.minute());
		}
	}

	/**
	 * Takes an equal part of the calls for those of this replica.
	 */
	@Override
	public Mono<Correction> correct(String window, long used) {
		return Mono.fromCallable(() -> {
			synchronized (state) {
				return elsewhere.correct(window, Math.ceilDiv(used, (long) properties.replicas()));
			}
		});
	}

	@Override
	public void replace(Shares shares) {
		synchronized (state) {
			windows.replace(shares);
		}
	}

	@Override
	public BudgetState state() {
		return state;
	}

	@Override
	public void logUnknown(String reason, String advice) {
		synchronized (state) {
			AssumedCalls.logUnknown(properties.assumeEvenSpend(), windows.calendar(), reason, advice);
		}
	}

}
