package io.htgateway.stream.poll;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The events of all polls in one order, and the checkpoint after them: in this gateway
 * alone, or shared by replicas, of which one at a time has the turn to poll.
 */
public interface Journal {

	/**
	 * Brings this gateway's log up to date, begins if there is nothing to go on from, and
	 * takes the turn if it is free. Fails with {@link JournalException}.
	 */
	Mono<Void> follow(Beginning beginning);

	/**
	 * Gives the turn to another replica, because nobody listens here. Never fails.
	 */
	Mono<Void> release();

	/**
	 * Returns whether this gateway has the turn, as far as it knows.
	 */
	boolean hasTurn();

	/**
	 * Returns the last checkpoint that this gateway knows, or null if it knows none.
	 */
	@Nullable Checkpoint checkpoint();

	/**
	 * Stores the given step, except fills that are already stored. Only the gateway that
	 * has the turn can do so. Fails with {@link JournalException}.
	 * @return the number of new fills
	 */
	Mono<Integer> commit(Step step);

	/**
	 * Where polls begin if there is nothing to go on from.
	 *
	 * @param checkpoint the first checkpoint
	 * @param since since when somebody has listened here without interruption
	 */
	record Beginning(Checkpoint checkpoint, Instant since) {

		/**
		 * Returns whether polls go on from the given checkpoint.
		 */
		public boolean continues(@Nullable Checkpoint known) {
			return known != null && !known.isPausedBefore(since);
		}

		/**
		 * Returns the first checkpoint after the given one, whose calls it has left.
		 */
		public Checkpoint after(@Nullable Checkpoint known) {
			return (known != null) ? checkpoint.with(known.allowance()) : checkpoint;
		}

	}

}
