package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Times before which fetched responses are outdated: the cut in force, and a pending one
 * that takes effect when enough time has passed, or null. Cuts in quick succession cannot
 * be states of the upstream, so a pending cut does not affect responses that are younger
 * than the configured lifetime.
 */
record Cuts(Cut inForce, @Nullable Cut pending) {

	static final Cuts NONE = new Cuts(new Cut(Instant.MIN, Instant.MIN, Duration.ZERO), null);

	/**
	 * Returns when a response that was fetched at the given time became outdated, or null
	 * if it is not.
	 */
	@Nullable Instant outdatedAt(Instant fetchedAt, Instant now) {
		Instant since = inForce.outdatedAt(fetchedAt, now);
		return (since != null || pending == null) ? since : pending.outdatedAt(fetchedAt, now);
	}

	/**
	 * Returns these cuts with another one.
	 * @param before responses fetched before this time are outdated
	 * @param spacing shortest time between two cuts
	 */
	Cuts with(Instant before, Instant now, Duration spacing) {
		Cut current = (pending != null && !now.isBefore(pending.from())) ? pending : inForce;
		if (current.from().equals(Instant.MIN) || !now.isBefore(current.from().plus(spacing))) {
			return new Cuts(new Cut(before, now, Duration.ZERO), null);
		}
		Instant latest = (pending != null && pending.before().isAfter(before)) ? pending.before() : before;
		return new Cuts(current, new Cut(latest, current.from().plus(spacing), spacing));
	}

	/**
	 * A time before which responses are outdated.
	 *
	 * @param from when the cut takes effect
	 * @param minAge age that a response must have reached to be outdated
	 */
	record Cut(Instant before, Instant from, Duration minAge) {

		@Nullable Instant outdatedAt(Instant fetchedAt, Instant now) {
			if (now.isBefore(from) || !fetchedAt.isBefore(before)) {
				return null;
			}
			Instant spared = fetchedAt.plus(minAge);
			Instant since = spared.isAfter(from) ? spared : from;
			return now.isBefore(since) ? null : since;
		}

	}

}
