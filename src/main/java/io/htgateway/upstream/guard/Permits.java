package io.htgateway.upstream.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.htgateway.upstream.response.UpstreamRefusal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Permits of one call. They are given back together and only once if the call is not
 * sent.
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
	 * Confirms each permit with the other replicas, because each is a permit of all
	 * replicas together. If their state is unknown, or not known in time, this replica
	 * uses it alone. A permit that is denied was used by another replica. An answer that
	 * comes too late still counts when the permits are given back.
	 * @param patience longest wait for all of them
	 */
	Mono<Void> confirm(Duration patience) {
		return Mono.defer(() -> Flux.fromIterable(copy()).concatMap(this::confirm).then())
			.timeout(patience, Mono.empty())
			.doOnError((refusal) -> giveBack())
			.doOnCancel(this::giveBack);
	}

	// Goes on when nobody waits for it any more: only so is it known what to give back.
	private Mono<Void> confirm(Permit permit) {
		return permit.confirmation()
			.onErrorReturn(true)
			.filter(Boolean::booleanValue)
			.doOnNext((granted) -> noteConfirmed(permit))
			.switchIfEmpty(Mono.error(() -> {
				noteDenied(permit);
				return permit.refusal().get();
			}))
			.then()
			.cache();
	}

	/**
	 * Gives back all permits that are held.
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

	// A permit whose confirmation comes after the others were given back is given back
	// too.
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
	 * @param confirmation whether the other replicas grant it
	 * @param refusal the failure of the call if they do not
	 * @param giveBack gives it back to this replica
	 * @param giveBackToAll gives it back to the others
	 */
	record Permit(Mono<Boolean> confirmation, Supplier<? extends UpstreamRefusal> refusal, Runnable giveBack,
			Runnable giveBackToAll) {
	}

}
