package io.htgateway.access.limit;

import java.time.Duration;
import java.time.InstantSource;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.htgateway.time.ElapsedMeter;
import org.jspecify.annotations.Nullable;

/**
 * A number of requests a minute: as many may come at once, and what is used flows in
 * again evenly.
 */
public final class RequestLimit {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/**
	 * How often requests are counted elsewhere while all are used up.
	 */
	private static final int BATCHES = 50;

	private final long perMinute;

	private final TimeMeter meter;

	private final Bucket all;

	private volatile Bucket bucket;

	private volatile @Nullable UnreportedRequests uncounted;

	public RequestLimit(long perMinute, InstantSource clock) {
		this.perMinute = perMinute;
		this.meter = new ElapsedMeter(clock);
		this.all = bucket(perMinute);
		this.bucket = all;
	}

	private Bucket bucket(long size) {
		return Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(size).refillGreedy(size, MINUTE))
			.withCustomTimePrecision(meter)
			.build();
	}

	public boolean take() {
		boolean taken = bucket.tryConsume(1);
		UnreportedRequests shared = uncounted;
		if (taken && shared != null) {
			shared.add();
		}
		return taken;
	}

	/**
	 * Gives back a request that {@link #take} took from a limit that is not shared.
	 */
	public void giveBack() {
		bucket.addTokens(1);
	}

	/**
	 * Shares the requests with other replicas from now on.
	 * @param full is run when some requests were taken that are not counted elsewhere yet
	 * @return the requests taken here
	 */
	public UnreportedRequests share(int replicas, Runnable full) {
		long part = Math.max(1, perMinute / replicas);
		UnreportedRequests shared = new UnreportedRequests(Math.max(1, perMinute / BATCHES), bucket(part), part, full);
		uncounted = shared;
		return shared;
	}

	/**
	 * Goes on from what all replicas have left.
	 */
	public void goOn(UnreportedRequests shared, long left) {
		long more = left - shared.calls() - all.getAvailableTokens();
		if (more > 0) {
			all.addTokens(more);
		}
		else if (more < 0) {
			all.consumeIgnoringRateLimits(-more);
		}
		bucket = all;
	}

	/**
	 * Goes on with an equal part for each replica, since nothing is known of the others.
	 */
	public void goOnApart(UnreportedRequests shared) {
		bucket = shared.apart();
	}

	/**
	 * Most requests a minute.
	 */
	public long perMinute() {
		return perMinute;
	}

	/**
	 * Requests that may come at once.
	 */
	public long left() {
		return Math.max(0, bucket.getAvailableTokens());
	}

	/**
	 * Time until another request may come.
	 */
	public Duration retryAfter() {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
	}

	/**
	 * Time until all of them may come again.
	 */
	public Duration resetAfter() {
		Bucket present = bucket;
		UnreportedRequests shared = uncounted;
		long most = (shared != null && present == shared.apart()) ? shared.part() : perMinute;
		return Duration.ofNanos(present.estimateAbilityToConsume(most).getNanosToWaitForRefill());
	}

}
