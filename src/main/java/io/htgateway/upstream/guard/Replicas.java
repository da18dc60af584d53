package io.htgateway.upstream.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * The replicas that call the same upstream with the same key: what one of them learns is
 * told to all. A key is named by a mark that shows nothing of it but whether it is the
 * same.
 */
public interface Replicas {

	/**
	 * A replica that is alone.
	 */
	Replicas NONE = new Alone();

	/**
	 * Value for the key itself instead of an endpoint.
	 */
	String ALL_ENDPOINTS = "";

	/**
	 * Reports that the upstream asks for a pause.
	 */
	void pause(Duration length);

	/**
	 * Reports that the upstream refuses the key for the given endpoint, or for all.
	 * Completes when it is part of the findings, and fails when it may be lost.
	 * @param age time since the refusal
	 */
	Mono<Void> refused(String key, String endpoint, Duration age);

	/**
	 * Reports that the upstream accepts the key for the given endpoint, or at all.
	 */
	void accepted(String key, String endpoint);

	/**
	 * Reports that a probe was not sent after all.
	 */
	void unsent(String key, String endpoint);

	/**
	 * Reports that a call right after a pause was not sent.
	 */
	void unsentAfterPause();

	/**
	 * Reports that there may be another key.
	 */
	void keyChanged();

	/**
	 * Whether one more call may be made this second, right after a pause.
	 */
	Mono<Boolean> admitsAfterPause();

	/**
	 * Whether no other replica has sent a probe within a minute.
	 */
	Mono<Boolean> admitsProbe(String key, String endpoint);

	/**
	 * What is known of the upstream, or nothing.
	 */
	Mono<Findings> poll(String key);

	/**
	 * What is known of the upstream.
	 *
	 * @param pause what is left of the pause
	 * @param refused whether the key is refused
	 * @param endpoints the refused endpoints, with the time since their refusal
	 */
	record Findings(Duration pause, boolean refused, Map<String, Duration> endpoints) {

		public Findings {
			endpoints = Map.copyOf(endpoints);
		}

		/**
		 * Returns these findings as they are when they took at most the given time to
		 * arrive. The pause may have begun at the end of it, and is never too short.
		 */
		Findings after(Duration time) {
			Map<String, Duration> ages = new HashMap<>();
			endpoints.forEach((endpoint, age) -> ages.put(endpoint, age.plus(time)));
			return new Findings(pause, refused, ages);
		}

	}

	/**
	 * Reports to nobody.
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
