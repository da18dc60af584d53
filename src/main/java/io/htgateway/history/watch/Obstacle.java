package io.htgateway.history.watch;

import java.util.Locale;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.store.CacheRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Reason why a watched key was not loaded with a state.
 */
enum Obstacle {

	/**
	 * The plan has no call left, or the remaining ones are reserved for callers or teams.
	 */
	BUDGET,

	/**
	 * The share of the watch list is used up.
	 */
	SHARE,

	/**
	 * Pacing deferred the refresh.
	 */
	PACING,

	/**
	 * The gateway had too many loads in flight.
	 */
	OVERLOAD,

	/**
	 * The upstream or its object store failed, or currently receives no calls.
	 */
	UPSTREAM,

	/**
	 * The state ended before a second load confirmed a body that had not changed.
	 */
	UNCONFIRMED;

	/**
	 * Classifies the given failure. Returns null if it does not prevent a load.
	 */
	static @Nullable Obstacle of(@Nullable Throwable failure, WatchQuota quota) {
		return switch (failure) {
			case null -> null;
			case CacheRefusal.NotUpdated _ -> null;
			case CacheRefusal.NotDue _ -> PACING;
			case CacheRefusal.Backoff backoff -> of(backoff.failure(), quota);
			case CacheRefusal _ -> OVERLOAD;
			case BudgetExhausted spent -> (spent.isOfShare() && quota.isSpent()) ? SHARE : BUDGET;
			default -> UPSTREAM;
		};
	}

	/**
	 * Returns the name in metrics and in the log.
	 */
	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
