package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.budget.window.BudgetState;
import io.htgateway.budget.window.CallCounts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Charges calls to the ledger of all replicas, and to this replica's own part while the
 * ledger does not answer. Each charge has a name, by which the ledger counts it once and
 * takes it back once.
 */
public final class SharedCharges {

	private final Ledger ledger;

	private final SharedSpend spend;

	private final InstantSource clock;

	private final BudgetState state;

	private final ChargeLog log;

	/**
	 * Creates charges to the given spend.
	 * @param state whose monitor is held while the spend is used
	 */
	public SharedCharges(Ledger ledger, SharedSpend spend, BudgetState state, InstantSource clock) {
		this.ledger = ledger;
		this.spend = spend;
		this.state = state;
		this.clock = clock;
		this.log = new ChargeLog(clock);
	}

	/**
	 * Charges one call. Waits for the ledger at most the given time. Asks it once more if
	 * it was unavailable only for a moment and this replica's own part has no call left.
	 */
	public Mono<CallBudget.Charge> charge(Priority priority, String account, Duration patience) {
		return attempt(priority, account, patience)
			.onErrorResume(SharedCharges::isUncounted,
					(refusal) -> ledger.returnsSoon()
						.timeout(patience, Mono.just(false))
						.flatMap((back) -> back ? attempt(priority, account, patience) : Mono.error(refusal)))
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

	private Mono<CallBudget.Charge> attempt(Priority priority, String account, Duration patience) {
		return Mono.defer(() -> spend.isInReach() ? chargeShared(priority, account, patience)
				: Mono.just(chargeApart(priority, account)));
	}

	// If the ledger does not answer in time, it may have counted the call. The charge is
	// given back there, and the call is made only if this replica's part has one left.
	// The charge of a load that ended is given back too.
	private Mono<CallBudget.Charge> chargeShared(Priority priority, String account, Duration patience) {
		Ledger.Question question = question(priority, account);
		AtomicBoolean settled = new AtomicBoolean();
		return ask(question).timeout(patience)
			.mapNotNull((answer) -> settle(question, answer, settled, account))
			.onErrorResume((failure) -> settled.compareAndSet(false, true), (failure) -> Mono.fromCallable(() -> {
				giveBack(question.charge(), priority, account);
				return chargeApart(priority, account);
			}))
			.doOnCancel(() -> {
				if (settled.compareAndSet(false, true)) {
					giveBack(question.charge(), priority, account);
				}
			});
	}

	private Ledger.Question question(Priority priority, String account) {
		synchronized (state) {
			state.requireOpen();
			return spend.question(priority, account);
		}
	}

	// Null if the charge was given back in the meantime.
	private CallBudget.@Nullable Charge settle(Ledger.Question question, Ledger.Answer answer, AtomicBoolean settled,
			String account) {
		synchronized (state) {
			state.add(spend.apply(question, answer));
			if (!settled.compareAndSet(false, true)) {
				return null;
			}
			log.counted();
			spend.requireGranted(answer, question.priority(), account);
			return new CallBudget.Charge(question.priority(), account, clock.instant(), question.charge());
		}
	}

	private CallBudget.Charge chargeApart(Priority priority, String account) {
		synchronized (state) {
			state.requireOpen();
			spend.chargeApart(priority, account);
			log.apart();
			state.add(CallCounts.one(priority));
			return new CallBudget.Charge(priority, account, clock.instant(), "");
		}
	}

	/**
	 * Gives back the charge of the given name, for which no call is made.
	 */
	public void giveBack(String charge, Priority priority, String account) {
		Ledger.Question question;
		synchronized (state) {
			question = spend.release(charge, priority, account);
		}
		if (spend.isInReach()) {
			giveBack(question).onErrorComplete().subscribe();
		}
	}

	private Mono<Ledger.Answer> ask(Ledger.Question question) {
		return ledger.ask(question)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("The ledger says nothing")));
	}

	private Mono<Void> giveBack(Ledger.Question question) {
		return ask(question).doOnNext((answer) -> {
			apply(question, answer);
			synchronized (state) {
				spend.released(question.charge());
			}
		}).then();
	}

	/**
	 * Takes over the spend of other replicas, reports calls that this one counted alone,
	 * and gives back charges that could not be given back at once.
	 */
	public Mono<Void> synchronize() {
		return Mono.defer(() -> {
			Ledger.Question question;
			synchronized (state) {
				question = spend.report();
			}
			return ask(question).doOnNext((answer) -> apply(question, answer))
				.thenMany(unused())
				.concatMap(this::giveBack)
				.then();
		});
	}

	private Flux<Ledger.Question> unused() {
		return Flux.defer(() -> {
			synchronized (state) {
				return Flux.fromIterable(spend.releases());
			}
		});
	}

	private void apply(Ledger.Question question, Ledger.Answer answer) {
		synchronized (state) {
			state.add(spend.apply(question, answer));
		}
	}

	/**
	 * Returns the number of charges with the given outcome.
	 */
	public long count(ChargeOutcome outcome) {
		synchronized (state) {
			return log.count(outcome);
		}
	}

}
