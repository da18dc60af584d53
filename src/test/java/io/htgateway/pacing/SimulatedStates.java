package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * State updates of the upstream: one every 15 to 30 minutes, at random. Bodies change
 * only with a state.
 */
final class SimulatedStates {

	private static final Duration SHORTEST = Duration.ofMinutes(15);

	private static final Duration LONGEST = Duration.ofMinutes(30);

	private final RandomGenerator random;

	private final List<Instant> published = new ArrayList<>();

	private Instant next;

	SimulatedStates(Instant start, RandomGenerator random) {
		this.random = random;
		this.next = start;
		publishNext();
	}

	/**
	 * Returns when the next state is published.
	 */
	Instant next() {
		return next;
	}

	void publishNext() {
		published.add(next);
		next = next.plusMillis(random.nextLong(SHORTEST.toMillis(), LONGEST.toMillis() + 1));
	}

	/**
	 * Returns the number of the newest state.
	 */
	int newest() {
		return published.size() - 1;
	}

	/**
	 * Returns when the newest state was published.
	 */
	Instant publishedAt() {
		return published.getLast();
	}

	/**
	 * Returns when the state before the newest one was published.
	 */
	Instant publishedBefore() {
		return published.get(Math.max(0, published.size() - 2));
	}

	/**
	 * Returns how long a response of the given state has been behind: the time since a
	 * newer one was published.
	 */
	Duration lag(int state, Instant now) {
		return (state < newest()) ? Duration.between(published.get(state + 1), now) : Duration.ZERO;
	}

}
