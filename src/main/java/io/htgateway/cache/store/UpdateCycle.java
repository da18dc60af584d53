package io.htgateway.cache.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Updates of the source of some responses, as far as they are known. The source changes
 * only when it is updated, so that a response is current until the next update, however
 * old it is.
 */
public interface UpdateCycle {

	/**
	 * The cycle of a source whose updates are not known.
	 */
	UpdateCycle UNKNOWN = new UpdateCycle() {

		@Override
		public @Nullable Instant outdatedAt(Instant fetchedAt, Instant now) {
			return null;
		}

		@Override
		public @Nullable Schedule schedule(Instant now) {
			return null;
		}

		@Override
		public boolean tryProbe(Instant now) {
			return false;
		}

	};

	/**
	 * Returns the cycle of a source that was updated at the given time, and of which
	 * nothing else is known.
	 */
	static UpdateCycle updatedAt(Instant time) {
		return new UpdateCycle() {

			@Override
			public Instant outdatedAt(Instant fetchedAt, Instant now) {
				return time;
			}

			@Override
			public @Nullable Schedule schedule(Instant now) {
				return null;
			}

			@Override
			public boolean tryProbe(Instant now) {
				return false;
			}

		};
	}

	/**
	 * Returns when an update made a response outdated, or null if none did so far.
	 * @param fetchedAt when the response was fetched
	 */
	@Nullable Instant outdatedAt(Instant fetchedAt, Instant now);

	/**
	 * Returns the schedule of the updates, or null if it is not known now: configured
	 * lifetimes apply then.
	 */
	@Nullable Schedule schedule(Instant now);

	/**
	 * Acquires the permission to load one response although no update is known, because
	 * an update is due: its body shows whether there was one.
	 */
	boolean tryProbe(Instant now);

	/**
	 * Schedule of the updates.
	 *
	 * @param updatedAt date of the newest update, by the clock of the source
	 * @param interval usual time between two updates
	 * @param next when the next update is expected; may be in the past
	 */
	record Schedule(Instant updatedAt, Duration interval, Instant next) {
	}

}
