package io.htgateway.upstream.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.htgateway.upstream.answer.UpstreamRefusal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The permits that one call has taken. They are given back together and once, when the
 * call is not sent after all.
 */
final class Permits {

	private final List<Permit> taken = new ArrayList<>();

	private final List<Permit> confirmed = new ArrayList<>();

	synchronized void add(Permit permit) {
		taken.add(permit);
	}

	synchronized boolean isEmpty() {
		return taken.isEmpty();
	}

	/**
	 * Asks the other replicas for each permit, since what this replica has of its own is
	 * that of all. Where nobody knows of the others, this replica has it alone. A permit
	 * that is denied was used by another replica.
	 */
	Mono<Void> confirm() {
		return Mono.defer(() -> Flux.fromIterable(copy()).concatMap(this::confirm).then())
			.doOnError((refusal) -> giveBack())
			.doOnCancel(this::giveBack);
	}

	private Mono<Void> confirm(Permit permit) {
		return permit.confirmation()
			.onErrorReturn(true)
			.filter(Boolean::booleanValue)
			.doOnNext((granted) -> noteConfirmed(permit))
			.switchIfEmpty(Mono.error(() -> {
				noteDenied(permit);
				return permit.refusal().get();
			}))
			.then();
	}

	/**
	 * Gives back what is held.
	 */
	synchronized void giveBack() {
		confirmed.reversed().forEach((permit) -> permit.giveBackToAll().run());
		taken.reversed().forEach((permit) -> permit.giveBack().run());
		confirmed.clear();
		taken.clear();
	}

	private synchronized List<Permit> copy() {
		return List.copyOf(taken);
	}

	// One that came after all was given back is not held any more.
	private synchronized void noteConfirmed(Permit permit) {
		if (taken.contains(permit)) {
			confirmed.add(permit);
		}
		else {
			permit.giveBackToAll().run();
		}
	}

	private synchronized void noteDenied(Permit permit) {
		taken.remove(permit);
	}

	/**
	 * The right to make one call.
	 *
	 * @param confirmation whether the other replicas grant it too
	 * @param refusal what the call fails with where they do not
	 * @param giveBack gives it back to this replica
	 * @param giveBackToAll gives it back to the others
	 */
	record Permit(Mono<Boolean> confirmation, Supplier<? extends UpstreamRefusal> refusal, Runnable giveBack,
			Runnable giveBackToAll) {
	}

}
