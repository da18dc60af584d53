package io.htgateway.upstream.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * State of the upstream that all replicas with the same key share: pauses, refusals and
 * probes. Keys are identified by a mark, which reveals only whether two keys are equal.
 */
public interface Replicas {

	/**
	 * No other replicas.
	 */
	Replicas NONE = new Alone();

	/**
	 * Value of the endpoint that stands for all endpoints, and so for the key itself.
	 */
	String ALL_ENDPOINTS = "";

	/**
	 * Publishes that the upstream asked for a pause.
	 */
	void pause(Duration length);

	/**
	 * Publishes that the upstream refuses the key for the given endpoint, or for all.
	 * Completes when the refusal is part of the findings, and fails if it may be lost.
	 * @param key mark of the key
	 * @param age time since the refusal
	 */
	Mono<Void> refused(String key, String endpoint, Duration age);

	/**
	 * Publishes that the upstream accepts the key for the given endpoint, or for all.
	 */
	void accepted(String key, String endpoint);

	/**
	 * Gives back the permit of a probe that was not sent.
	 */
	void unsent(String key, String endpoint);

	/**
	 * Gives back the permit of a call during the ramp after a pause that was not sent.
	 */
	void unsentAfterPause();

	/**
	 * Publishes that the key may have changed.
	 */
	void keyChanged();

	/**
	 * Takes a permit for one call in this second of the ramp after a pause. Returns
	 * whether it is granted.
	 */
	Mono<Boolean> admitsAfterPause();

	/**
	 * Takes the permit for a probe. Returns whether it is granted: only if no other
	 * replica has taken it within a minute.
	 */
	Mono<Boolean> admitsProbe(String key, String endpoint);

	/**
	 * Returns the findings of all replicas about the upstream, or nothing if they are
	 * unavailable.
	 */
	Mono<Findings> poll(String key);

	/**
	 * Findings of all replicas about the upstream.
	 *
	 * @param pause time until the pause ends
	 * @param refused whether the upstream refuses the key
	 * @param endpoints time since the refusal of each refused endpoint
	 */
	record Findings(Duration pause, boolean refused, Map<String, Duration> endpoints) {

		public Findings {
			endpoints = Map.copyOf(endpoints);
		}

		/**
		 * Returns these findings with the ages of refusals increased by the given time,
		 * which is the longest that the findings took to arrive. The pause is not
		 * shortened: it may have been read at the end of that time.
		 */
		Findings after(Duration time) {
			Map<String, Duration> ages = new HashMap<>();
			endpoints.forEach((endpoint, age) -> ages.put(endpoint, age.plus(time)));
			return new Findings(pause, refused, ages);
		}

	}

	/**
	 * A replica without others.
	 */
	final class Alone implements Replicas {

		private static final Mono<Boolean> YES = Mono.just(true);

		private Alone() {
		}

		@Override
		public void pause(Duration length) {
		}

		@Override
		public Mono<Void> refused(String key, String endpoint, Duration age) {
			return Mono.empty();
		}

		@Override
		public void accepted(String key, String endpoint) {
		}

		@Override
		public void unsent(String key, String endpoint) {
		}

		@Override
		public void unsentAfterPause() {
		}

		@Override
		public void keyChanged() {
		}

		@Override
		public Mono<Boolean> admitsAfterPause() {
			return YES;
		}

		@Override
		public Mono<Boolean> admitsProbe(String key, String endpoint) {
			return YES;
		}

		@Override
		public Mono<Findings> poll(String key) {
			return Mono.empty();
		}

	}

}
