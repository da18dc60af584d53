package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.github.bucket4j.Bucket;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
import io.htgateway.time.Dates;
import io.htgateway.time.ElapsedMeter;

/**
 * The calls of any minute, wherever it begins: a bucket that calls flow into. Not
 * thread-safe.
 */
public final class MinuteWindow {

	/**
	 * Name of the window.
	 */
	public static final String NAME = "minute";

	private final MinuteRate rate;

	private final long reserved;

	private final Bucket bucket;

	private final Reservations reservations;

	private final InstantSource waiting;

	private Instant refilledAt;

	private long assumed;

	private Instant assumedAt = Instant.MIN;

	/**
	 * Creates a full minute.
	 */
	public MinuteWindow(MinuteRate rate, double reserve, Shares shares, InstantSource clock) {
		this.rate = rate;
		this.reserved = (long) (rate.burst() * reserve);
		this.waiting = Dates.elapsed(clock);
		this.bucket = Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(rate.burst()).refillGreedy(rate.refill(), MinuteRate.PERIOD))
			.withCustomTimePrecision(new ElapsedMeter(clock))
			.build();
		this.reservations = new Reservations(shares, rate.burst());
		this.refilledAt = waiting.instant();
	}

	/**
	 * Returns the calls that the minute holds, and those that flow in.
	 */
	public MinuteRate rate() {
		return rate;
	}

	/**
	 * Takes over the number of calls that the count of all replicas has left.
	 */
	public void set(double tokens) {
		assumed = 0;
		long more = (long) Math.floor(Math.min(tokens, (double) rate.burst())) - available();
		if (more > 0) {
			bucket.addTokens(more);
		}
		else if (more < 0) {
			bucket.consumeIgnoringRateLimits(-more);
		}
		reservations.fit((double) Math.max(0, available()));
	}

	/**
	 * Returns how many calls have to be left for one of the account.
	 */
	public long needed(Priority priority, String account) {
		return Math.max(needed(priority), reservations.needed(account));
	}

	/**
	 * Subtracts calls that the account made at other replicas from its reservation.
	 */
	public void spend(String account, long calls) {
		reservations.spend(account, calls);
	}

	/**
	 * Returns the number of calls that may be made at once.
	 */
	long available() {
		return bucket.getAvailableTokens();
	}

	/**
	 * Restores the calls that an earlier run left.
	 */
	void restore(long available, Duration since) {
		long gone = rate.burst() - (long) Math.min((double) rate.burst(), Math.max(0, available) + rate.inflow(since));
		if (gone > 0) {
			bucket.tryConsume(gone);
		}
		reservations.fit((double) (rate.burst() - gone));
	}

	/**
	 * Starts empty after a run of which nothing is known: it may have spent the minute.
	 */
	public void restoreUnknown() {
		restore(0, Duration.ZERO);
		assumed = rate.burst();
		assumedAt = waiting.instant();
	}

	// The oldest calls are made up for first.
	private long assumed(long gone) {
		if (assumed == 0) {
			return 0;
		}
		double left = assumed - rate.inflow(Duration.between(assumedAt, waiting.instant()));
		return Math.clamp((long) Math.ceil(left), 0, gone);
	}

	boolean allows(Priority priority) {
		return bucket.getAvailableTokens() >= needed(priority);
	}

	/**
	 * Counts a call of the account.
	 */
	public void count(String account) {
		bucket.tryConsume(1);
		reservations.spend(account);
	}

	/**
	 * Moves on to the current time: reserved calls flow in like all others.
	 */
	public void roll() {
		Instant now = waiting.instant();
		if (now.isAfter(refilledAt)) {
			reservations.add(rate.inflow(Duration.between(refilledAt, now)), (double) rate.burst());
		}
		refilledAt = now;
	}

	/**
	 * Replaces the shares of accounts.
	 */
	public void replace(Shares shares) {
		reservations.replace(shares, (double) rate.burst(), (double) available());
	}

	/**
	 * Returns whether a call of the account leaves the reservations of others.
	 */
	boolean leavesTheOthers(String account) {
		return reservations.allows(account, available());
	}

	/**
	 * Returns the time until it does: until a call is reserved for the account or, if
	 * that is sooner, one more call is left than can be reserved for others.
	 */
	Duration shareWait(String account) {
		double part = reservations.part(account);
		double own = (part * rate.burst() >= 1) ? reservations.missing(account) / part / rate.refill() : 1;
		long enough = reservations.enough(account, rate.burst());
		Duration wait = Duration.ofMillis((long) Math.ceil(MinuteRate.PERIOD.toMillis() * own));
		if (enough > rate.burst()) {
			return wait;
		}
		Duration other = Duration.ofNanos(bucket.estimateAbilityToConsume(enough).getNanosToWaitForRefill());
		return (other.compareTo(wait) < 0) ? other : wait;
	}

	void release(String account) {
		bucket.addTokens(1);
		reservations.giveBack(account);
	}

	/**
	 * Returns the time until a call is allowed that is not allowed now.
	 */
	Duration wait(Priority priority) {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(needed(priority)).getNanosToWaitForRefill());
	}

	double refreshRate() {
		return (double) rate.refill() * (rate.burst() - reserved) / rate.burst() * 1000 / MinuteRate.PERIOD.toMillis();
	}

	BudgetSnapshot.Window snapshot(Instant now) {
		long available = available();
		Duration full = Duration.ofNanos(bucket.estimateAbilityToConsume(rate.burst()).getNanosToWaitForRefill());
		long guess = assumed(rate.burst() - available);
		return new BudgetSnapshot.Window(NAME, rate.limit(), rate.burst() - available - guess, guess, available,
				now.plus(wait(Priority.INTERACTIVE)), now.plus(full));
	}

	private long needed(Priority priority) {
		return (priority == Priority.REFRESH) ? reserved + 1 : 1;
	}

}
