package io.htgateway.access.limit;

import java.time.Duration;
import java.time.InstantSource;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.htgateway.time.ElapsedMeter;
import org.jspecify.annotations.Nullable;

/**
 * Limit of requests a minute, as a token bucket: it admits a burst of the whole limit and
 * refills evenly. Replicas may share a limit through {@link UnreportedRequests}.
 */
public final class RequestLimit {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/**
	 * Number of batches in which a whole limit is reported to the shared count.
	 */
	private static final int BATCHES = 50;

	private final long perMinute;

	private final TimeMeter meter;

	private final Bucket whole;

	private volatile Bucket bucket;

	private volatile @Nullable UnreportedRequests unreported;

	/**
	 * Creates a limit that is not shared.
	 * @param perMinute most requests a minute, at least 1
	 */
	public RequestLimit(long perMinute, InstantSource clock) {
		this.perMinute = perMinute;
		this.meter = new ElapsedMeter(clock);
		this.whole = bucket(perMinute);
		this.bucket = whole;
	}

	private Bucket bucket(long size) {
		return Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(size).refillGreedy(size, MINUTE))
			.withCustomTimePrecision(meter)
			.build();
	}

	/**
	 * Counts a request, if the limit allows it.
	 * @return whether it does
	 */
	public boolean tryAcquire() {
		boolean acquired = bucket.tryConsume(1);
		UnreportedRequests shared = unreported;
		if (acquired && shared != null) {
			shared.add();
		}
		return acquired;
	}

	/**
	 * Starts to share this limit with other replicas.
	 * @param replicas number of replicas; each falls back to an equal part of the limit
	 * @param full runs when requests should be added to the shared count: after each
	 * batch of them, and after the first one since a quiet time
	 * @return the requests of this replica that are not in the shared count yet
	 */
	public UnreportedRequests share(int replicas, Runnable full) {
		long part = Math.max(1, perMinute / replicas);
		UnreportedRequests shared = new UnreportedRequests(Math.max(1, perMinute / BATCHES), bucket(part), part, full);
		unreported = shared;
		return shared;
	}

	/**
	 * Replaces the remaining requests by those that all replicas have left together.
	 * @param shared the requests of this replica that are not in the shared count yet
	 * @param left remaining requests according to the shared count
	 */
	public void goOn(UnreportedRequests shared, long left) {
		long more = left - shared.count() - whole.getAvailableTokens();
		if (more > 0) {
			whole.addTokens(more);
		}
		else if (more < 0) {
			whole.consumeIgnoringRateLimits(-more);
		}
		bucket = whole;
	}

	/**
	 * Falls back to this replica's part of the limit, while the shared count is
	 * unavailable.
	 */
	public void goOnApart(UnreportedRequests shared) {
		bucket = shared.fallback();
	}

	/**
	 * Returns the most requests a minute.
	 */
	public long perMinute() {
		return perMinute;
	}

	/**
	 * Returns the number of requests that are admitted now.
	 */
	public long left() {
		return Math.max(0, bucket.getAvailableTokens());
	}

	/**
	 * Returns the time until the next request is admitted.
	 */
	public Duration retryAfter() {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
	}

	/**
	 * Returns the time until the limit is unused again, if no further request comes.
	 */
	public Duration resetAfter() {
		Bucket current = bucket;
		UnreportedRequests shared = unreported;
		long most = (shared != null && current == shared.fallback()) ? shared.fallbackLimit() : perMinute;
		return Duration.ofNanos(current.estimateAbilityToConsume(most).getNanosToWaitForRefill());
	}

}
