package io.htgateway.state;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A state update of the upstream, as one source reports it.
 *
 * @param at date of the state
 * @param next date of the next state, or null if it is not announced
 * @param source source of the report
 * @param endpoint name of the endpoint whose body revealed the update, or null
 * @param reportedAt date of the report, or null for now
 */
public record StateUpdate(Instant at, @Nullable Instant next, StateSource source, @Nullable String endpoint,
		@Nullable Instant reportedAt) {

	/**
	 * Creates an update without an announced next one.
	 */
	public static StateUpdate of(Instant at, StateSource source) {
		return new StateUpdate(at, null, source, null, null);
	}

	/**
	 * Creates the update that a changed body of the given endpoint reveals.
	 */
	static StateUpdate ofBody(Instant at, String endpoint) {
		return new StateUpdate(at, null, StateSource.BODY, endpoint, null);
	}

	/**
	 * Returns this update with the date of the report.
	 */
	public StateUpdate reportedAt(Instant date) {
		return new StateUpdate(at, next, source, endpoint, date);
	}

}
