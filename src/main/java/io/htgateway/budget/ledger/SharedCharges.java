package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.CallCounts;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.AccountsUnavailableException;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.window.BudgetState;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Charges calls to the ledger of all replicas, and to the fallback part while the ledger
 * does not reply. Each charge has an id, so that the ledger counts it once and releases
 * it once.
 */
public final class SharedCharges {

	/**
	 * Longest time to wait for a reply on which no call depends.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Ledger ledger;

	private final SharedSpend spend;

	private final InstantSource clock;

	private final BudgetState state;

	private final ChargeLog log;

	/**
	 * Creates charges to the given spend.
	 * @param state its monitor guards the spend
	 */
	public SharedCharges(Ledger ledger, SharedSpend spend, BudgetState state, InstantSource clock) {
		this.ledger = ledger;
		this.spend = spend;
		this.state = state;
		this.clock = clock;
		this.log = new ChargeLog(clock);
	}

	/**
	 * Charges one call. If the ledger is available and its reply is late, it is asked
	 * once more. So is a ledger that was unavailable only for a moment, if the fallback
	 * part has no call left.
	 * @param patience longest time to wait for the ledger, in each of two attempts and
	 * before the second one
	 */
	public Mono<CallBudget.Charge> charge(Priority priority, String account, String endpoint, Duration patience) {
		Mono<CallBudget.Charge> fallback = Mono.fromCallable(() -> chargeFallback(priority, account, endpoint));
		Mono<CallBudget.Charge> second = chargeShared(priority, account, endpoint, patience, fallback);
		Mono<CallBudget.Charge> available = fallback.onErrorResume(SharedCharges::isUncounted,
				(refusal) -> ledger.awaitAvailable()
					.timeout(patience, Mono.just(false))
					.flatMap((back) -> back ? second : Mono.error(refusal)));
		Mono<CallBudget.Charge> late = Mono.defer(() -> spend.isLedgerAvailable() ? second : available);
		return Mono.defer(
				() -> spend.isLedgerAvailable() ? chargeShared(priority, account, endpoint, patience, late) : available)
			.doOnError(BudgetExhausted.class, this::refused);
	}

	private static boolean isUncounted(Throwable failure) {
		return failure instanceof BudgetExhausted refusal && refusal.isUncounted();
	}

	private void refused(BudgetExhausted refusal) {
		synchronized (state) {
			log.refused(refusal);
		}
	}

	// If the ledger does not reply in time, it may have counted the call. Then the charge
	// is released in the ledger. The charge of a cancelled load is released too.
	private Mono<CallBudget.Charge> chargeShared(Priority priority, String account, String endpoint, Duration patience,
			Mono<CallBudget.Charge> otherwise) {
		return Mono.defer(() -> {
			Ledger.Request request = request(priority, account, endpoint);
			AtomicBoolean settled = new AtomicBoolean();
			return send(request).timeout(patience)
				.mapNotNull((reply) -> settle(request, reply, settled, account, endpoint))
				.onErrorResume((failure) -> settled.compareAndSet(false, true), (failure) -> {
					release(request.charge(), priority, account);
					return otherwise;
				})
				.doOnCancel(() -> {
					if (settled.compareAndSet(false, true)) {
						release(request.charge(), priority, account);
					}
				});
		});
	}

	private Ledger.Request request(Priority priority, String account, String endpoint) {
		synchronized (state) {
			state.requireOpen();
			return spend.request(priority, account, endpoint);
		}
	}

	// Null if the charge was released in the meantime.
	private CallBudget.@Nullable Charge settle(Ledger.Request request, Ledger.Reply reply, AtomicBoolean settled,
			String account, String endpoint) {
		synchronized (state) {
			state.add(spend.apply(request, reply));
			if (!settled.compareAndSet(false, true)) {
				return null;
			}
			log.counted();
			spend.requireGranted(reply, request.priority(), account);
			return new CallBudget.Charge(request.priority(), account, endpoint, clock.instant(), request.charge());
		}
	}

	private CallBudget.Charge chargeFallback(Priority priority, String account, String endpoint) {
		synchronized (state) {
			state.requireOpen();
			spend.chargeFallback(priority, account, endpoint);
			log.fallback();
			state.add(CallCounts.one(priority));
			return new CallBudget.Charge(priority, account, endpoint, clock.instant(), "");
		}
	}

	/**
	 * Releases the charge with the given id, for which no call is made.
	 */
	public void release(String charge, Priority priority, String account) {
		Ledger.Request request;
		synchronized (state) {
			request = spend.release(charge, priority, account);
		}
		if (spend.isLedgerAvailable()) {
			release(request).onErrorComplete().subscribe();
		}
	}

	private Mono<Ledger.Reply> send(Ledger.Request request) {
		return ledger.send(request)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("The ledger sent no reply")));
	}

	private Mono<Void> release(Ledger.Request request) {
		return send(request).doOnNext((reply) -> {
			apply(request, reply);
			synchronized (state) {
				spend.released(request.charge());
			}
		}).then();
	}

	/**
	 * Adopts the spend of other replicas, reports the calls that this replica charged
	 * without the ledger, and releases charges whose release was not confirmed yet.
	 */
	public Mono<Void> synchronize() {
		return Mono.defer(() -> {
			Ledger.Request request;
			synchronized (state) {
				request = spend.report();
			}
			return send(request).doOnNext((reply) -> apply(request, reply))
				.thenMany(releases())
				.concatMap(this::release)
				.then();
		});
	}

	private Flux<Ledger.Request> releases() {
		return Flux.defer(() -> {
			synchronized (state) {
				return Flux.fromIterable(spend.releases());
			}
		});
	}

	private void apply(Ledger.Request request, Ledger.Reply reply) {
		synchronized (state) {
			state.add(spend.apply(request, reply));
		}
	}

	/**
	 * Returns the calls of an account in each window, those of all replicas together.
	 * Fails with {@link AccountsUnavailableException} if the ledger does not reply.
	 */
	public Mono<List<AccountUse>> use(String account) {
		return Mono.defer(() -> {
			Ledger.Request request;
			synchronized (state) {
				request = spend.read(account);
			}
			return send(request).timeout(PATIENCE)
				.onErrorMap(AccountsUnavailableException::new)
				.doOnNext((reply) -> apply(request, reply))
				.map((reply) -> state.use(account, reply.used()));
		});
	}

	/**
	 * Returns the number of charges with the given outcome since the start.
	 */
	public long count(ChargeOutcome outcome) {
		synchronized (state) {
			return log.count(outcome);
		}
	}

}
