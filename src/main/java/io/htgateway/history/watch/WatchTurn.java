package io.htgateway.history.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.SecondLevelCache.Lease;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Turn to load the watch list. One of the replicas that share a Redis has it until it
 * stops, so that its count of calls is the count of all replicas. Without Redis, every
 * replica has its own turn.
 */
final class WatchTurn {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/**
	 * Time between two attempts to take the turn while another replica has it.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final SecondLevelCache leases;

	private final InstantSource clock;

	private @Nullable Lease lease;

	private Instant nextAttempt = Instant.MIN;

	private boolean ended;

	/**
	 * Creates a turn that this replica does not have yet.
	 * @param clock clock that measures the time between attempts
	 */
	WatchTurn(SecondLevelCache leases, InstantSource clock) {
		this.leases = leases;
		this.clock = clock;
	}

	/**
	 * Takes the turn, unless another replica has it. Never fails.
	 * @return whether this replica has the turn
	 */
	Mono<Boolean> take() {
		return Mono.defer(() -> mayAttempt()
				? leases.lease(Key.TURN, PATIENCE).map(this::taken).switchIfEmpty(Mono.fromSupplier(this::lost))
				: Mono.just(isTaken()));
	}

	/**
	 * Returns whether this replica has the turn, as far as it knows.
	 */
	synchronized boolean isTaken() {
		return lease != null && lease.isHeld();
	}

	// A replica that could not reach Redis has the turn without a lease. It attempts to
	// get one, because another replica may have the turn as well.
	private synchronized boolean mayAttempt() {
		Instant now = clock.instant();
		boolean holds = lease != Lease.NONE && isTaken();
		if (ended || holds || now.isBefore(nextAttempt)) {
			return false;
		}
		nextAttempt = now.plus(INTERVAL);
		return true;
	}

	private synchronized boolean taken(Lease granted) {
		release();
		if (ended) {
			granted.release();
			return false;
		}
		lease = granted;
		return true;
	}

	private synchronized boolean lost() {
		release();
		return false;
	}

	private void release() {
		if (lease != null) {
			lease.release();
			lease = null;
		}
	}

	/**
	 * Gives the turn to another replica.
	 */
	synchronized void end() {
		ended = true;
		release();
	}

	private enum Key implements CacheKey {

		TURN;

		@Override
		public String text() {
			return "history/watch";
		}

		@Override
		public boolean isPart() {
			return true;
		}

	}

}
