package io.htgateway.cache.store;

import java.time.Duration;

/**
 * The cache cannot answer a request, and may not load the response now.
 */
@SuppressWarnings("serial")
public abstract sealed class CacheRefusal extends RuntimeException {

	private CacheRefusal(String message) {
		super(message, null, false, false);
	}

	/**
	 * No usable response is stored, and the request is <code>only-if-cached</code>.
	 */
	public static final class NotCached extends CacheRefusal {

		public NotCached() {
			super("no usable response is cached: repeat the request without only-if-cached");
		}

	}

	/**
	 * A stale response is stored, and is refreshed later, so that the call budget lasts.
	 */
	public static final class NotDue extends CacheRefusal {

		public NotDue() {
			super("refresh deferred to stay within the call budget");
		}

	}

	/**
	 * A stale response is stored, and its source was not updated since it was loaded, as
	 * far as is known.
	 */
	public static final class NotUpdated extends CacheRefusal {

		public NotUpdated() {
			super("refresh deferred until the source is updated");
		}

	}

	/**
	 * The last load of the key failed, and its backoff has not ended.
	 */
	public static final class Backoff extends CacheRefusal {

		private final Throwable failure;

		private final Duration retryAfter;

		public Backoff(Throwable failure, Duration retryAfter) {
			super("the last load failed, and its backoff has not ended");
			this.failure = failure;
			this.retryAfter = retryAfter;
		}

		/**
		 * Returns the failure of the load.
		 */
		public Throwable failure() {
			return failure;
		}

		/**
		 * Returns the time until the backoff ends.
		 */
		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * Too many loads are in flight, too many requests are waiting for the same load, or
	 * off-heap memory is short.
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
