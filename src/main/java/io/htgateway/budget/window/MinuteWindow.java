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
 * Limit of the calls in any minute, wherever it begins, as a token bucket. Not
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

	private final InstantSource elapsed;

	private Instant refilledAt;

	private long assumed;

	private Instant assumedAt = Instant.MIN;

	/**
	 * Creates a minute with all calls available.
	 * @param reserve part of the burst that is reserved for interactive calls
	 */
	public MinuteWindow(MinuteRate rate, double reserve, Shares shares, InstantSource clock) {
		this.rate = rate;
		this.reserved = (long) (rate.burst() * reserve);
		this.elapsed = Dates.elapsed(clock);
		this.bucket = Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(rate.burst()).refillGreedy(rate.refill(), MinuteRate.PERIOD))
			.withCustomTimePrecision(new ElapsedMeter(clock))
			.build();
		this.reservations = new Reservations(shares, rate.burst());
		this.refilledAt = elapsed.instant();
	}

	/**
	 * Returns the capacity and refill.
	 */
	public MinuteRate rate() {
		return rate;
	}

	/**
	 * Adopts the number of calls that the ledger has left.
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
	 * Returns how many calls must be left to grant one to the account.
	 */
	public long needed(Priority priority, String account) {
		return Math.max(needed(priority), reservations.needed(account));
	}

	/**
	 * Subtracts calls that other replicas made for the account from its reservation.
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
	 * Restores the calls that an earlier run had left.
	 * @param since time since then
	 */
	void restore(long available, Duration since) {
		long spent = rate.burst() - (long) Math.min((double) rate.burst(), Math.max(0, available) + rate.inflow(since));
		if (spent > 0) {
			bucket.tryConsume(spent);
		}
		reservations.fit((double) (rate.burst() - spent));
	}

	/**
	 * Empties the minute after an earlier run of unknown spend, which may have used it
	 * up.
	 */
	public void restoreUnknown() {
		restore(0, Duration.ZERO);
		assumed = rate.burst();
		assumedAt = elapsed.instant();
	}

	// The assumed calls are the oldest, and the refill replaces the oldest calls first.
	private long assumed(long spent) {
		if (assumed == 0) {
			return 0;
		}
		double left = assumed - rate.inflow(Duration.between(assumedAt, elapsed.instant()));
		return Math.clamp((long) Math.ceil(left), 0, spent);
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
	 * Moves to the current time. Reservations are refilled like all other calls.
	 */
	public void roll() {
		Instant now = elapsed.instant();
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
	 * Returns whether a call of the account leaves the reservations of others untouched.
	 */
	boolean leavesOthersReservations(String account) {
		return reservations.allows(account, available());
	}

	/**
	 * Returns the time until a call of the account leaves the reservations of others
	 * untouched: until a call is reserved for the account, or until more calls are left
	 * than can be reserved for others, whichever is sooner.
	 */
	Duration shareWait(String account) {
		double part = reservations.part(account);
		double periods = (part * rate.burst() >= 1) ? reservations.missing(account) / part / rate.refill() : 1;
		long needed = reservations.neededWhenFull(account, rate.burst());
		Duration wait = Duration.ofMillis((long) Math.ceil(MinuteRate.PERIOD.toMillis() * periods));
		if (needed > rate.burst()) {
			return wait;
		}
		Duration other = Duration.ofNanos(bucket.estimateAbilityToConsume(needed).getNanosToWaitForRefill());
		return (other.compareTo(wait) < 0) ? other : wait;
	}

	void release(String account) {
		bucket.addTokens(1);
		reservations.release(account);
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
