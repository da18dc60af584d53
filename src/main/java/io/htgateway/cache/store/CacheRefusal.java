package io.htgateway.cache.store;

import java.time.Duration;

/**
 * The cache has no response, and may not or will not have it loaded.
 */
@SuppressWarnings("serial")
public abstract sealed class CacheRefusal extends RuntimeException {

	private CacheRefusal(String message) {
		super(message, null, false, false);
	}

	/**
	 * Nothing usable is stored, and the client wants nothing else.
	 */
	public static final class NotCached extends CacheRefusal {

		public NotCached() {
			super("nothing usable is cached");
		}

	}

	/**
	 * Something stale is stored, and is not loaded anew yet, to save loads.
	 */
	public static final class NotDue extends CacheRefusal {

		public NotDue() {
			super("to be loaded later");
		}

	}

	/**
	 * The load failed a moment ago, and is not tried again yet.
	 */
	public static final class Backoff extends CacheRefusal {

		private final Throwable failure;

		private final Duration retryAfter;

		public Backoff(Throwable failure, Duration retryAfter) {
			super("failed a moment ago");
			this.failure = failure;
			this.retryAfter = retryAfter;
		}

		/**
		 * How the load failed.
		 */
		public Throwable failure() {
			return failure;
		}

		/**
		 * Time until the load may be tried again.
		 */
		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * Too many loads run, or too many requests wait for this one.
	 */
	public static final class Overloaded extends CacheRefusal {

		private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

		public Overloaded(String message) {
			super(message);
		}

		public Duration retryAfter() {
			return RETRY_AFTER;
		}

	}

}
