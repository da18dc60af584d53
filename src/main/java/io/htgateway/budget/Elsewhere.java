package io.htgateway.budget;

import java.time.Instant;
import java.util.Objects;

/**
 * Estimate of the calls that others make in one day or month with the same plan. They
 * count like calls of the gateway.
 *
 * @param calls calls that others have made
 * @param expected calls that others are expected to make until the period ends, besides
 * those; only refreshes are reduced by them
 * @param revision number of this estimate in its period: of two estimates, the one with
 * the higher number is later
 * @param at when the estimate was made
 */
public record Elsewhere(long calls, long expected, long revision, Instant at) {

	/**
	 * Nothing is known of others.
	 */
	public static final Elsewhere NONE = new Elsewhere(0, 0, 0, Instant.EPOCH);

	public Elsewhere {
		Objects.requireNonNull(at);
		if (calls < 0 || expected < 0 || revision < 0) {
			throw new IllegalArgumentException("an impossible number of calls");
		}
	}

	/**
	 * Returns the next estimate, which replaces this one.
	 */
	public Elsewhere revised(long newCalls, long newExpected, Instant now) {
		return new Elsewhere(newCalls, newExpected, revision + 1, now);
	}

	/**
	 * Returns the next estimate with the given number of calls added. They are taken for
	 * the first of those that were expected.
	 */
	public Elsewhere plus(long more, Instant now) {
		return revised(calls + more, Math.max(0, expected - more), now);
	}

}
