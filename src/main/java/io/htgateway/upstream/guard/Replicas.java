package io.htgateway.upstream.guard;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * The replicas that call the same upstream with the same key: what one of them learns is
 * told to all. A key is named by a mark that tells nothing of it but whether it is the
 * same.
 */
public interface Replicas {

	/**
	 * A replica that is alone.
	 */
	Replicas NONE = new Alone();

	/**
	 * Tells that the upstream asks for a pause.
	 */
	void pause(Duration length);

	/**
	 * Tells that the upstream refuses the key.
	 */
	void refused(String key);

	/**
	 * Tells that the upstream accepts the key.
	 */
	void accepted(String key);

	/**
	 * Tells that a probe was not sent after all.
	 */
	void unsent(String key);

	/**
	 * Tells that there may be another key.
	 */
	void keyChanged();

	/**
	 * Whether one more call may be made this second, right after a pause.
	 */
	Mono<Boolean> admitsAfterPause();

	/**
	 * Whether no other replica has sent a probe within a minute.
	 */
	Mono<Boolean> admitsProbe(String key);

	/**
	 * What is known of the upstream, or nothing.
	 */
	Mono<News> news(String key);

	/**
	 * What is known of the upstream.
	 *
	 * @param pause what is left of the pause
	 * @param refused whether the key is refused
	 */
	record News(Duration pause, boolean refused) {
	}

	/**
	 * Tells nobody.
	 */
	final class Alone implements Replicas {

		private static final Mono<Boolean> YES = Mono.just(true);

		private Alone() {
		}

		@Override
		public void pause(Duration length) {
		}

		@Override
		public void refused(String key) {
		}

		@Override
		public void accepted(String key) {
		}

		@Override
		public void unsent(String key) {
		}

		@Override
		public void keyChanged() {
		}

		@Override
		public Mono<Boolean> admitsAfterPause() {
			return YES;
		}

		@Override
		public Mono<Boolean> admitsProbe(String key) {
			return YES;
		}

		@Override
		public Mono<News> news(String key) {
			return Mono.empty();
		}

	}

}
