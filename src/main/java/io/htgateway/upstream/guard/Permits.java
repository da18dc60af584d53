package io.htgateway.upstream.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.htgateway.upstream.response.UpstreamRefusal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Permits of one call. If the call is not sent, all of them are given back, once.
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
	 * Confirms each permit with the other replicas, because all replicas share it. If
	 * they are unavailable or too slow, this replica uses the permit without
	 * confirmation. Fails with an {@link UpstreamRefusal} if another replica has used the
	 * permit. A late confirmation still counts when the permits are given back.
	 * @param maxWait longest wait for all confirmations
	 */
	Mono<Void> confirm(Duration maxWait) {
		return Mono.defer(() -> Flux.fromIterable(copy()).concatMap(this::confirm).then())
			.timeout(maxWait, Mono.empty())
			.doOnError((refusal) -> giveBack())
			.doOnCancel(this::giveBack);
	}

	// The cached result completes even if nobody waits any more, so that a confirmed
	// permit can be given back.
	private Mono<Void> confirm(Permit permit) {
		return permit.confirmation()
			.onErrorReturn(true)
			.filter(Boolean::booleanValue)
			.doOnNext((granted) -> markConfirmed(permit))
			.switchIfEmpty(Mono.error(() -> {
				removeDenied(permit);
				return permit.refusal().get();
			}))
			.then()
			.cache();
	}

	/**
	 * Gives back all permits.
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

	// A permit that is confirmed after the others were given back is given back too.
	private synchronized void markConfirmed(Permit permit) {
		if (taken.contains(permit)) {
			confirmed.add(permit);
		}
		else {
			permit.giveBackToAll().run();
		}
	}

	private synchronized void removeDenied(Permit permit) {
		taken.remove(permit);
	}

	/**
	 * The right to make one call.
	 *
	 * @param confirmation requests the permit from the other replicas: true if it is
	 * granted, false if another one has used it
	 * @param refusal creates the failure of the call if it is not granted
	 * @param giveBack gives the permit back to this replica
	 * @param giveBackToAll gives the permit back to the other replicas
	 */
	record Permit(Mono<Boolean> confirmation, Supplier<? extends UpstreamRefusal> refusal, Runnable giveBack,
			Runnable giveBackToAll) {
	}

}
