package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.github.bucket4j.Bucket;
import io.htgateway.time.Dates;
import io.htgateway.time.ElapsedMeter;

/**
 * The calls of any minute, wherever it begins. A bucket lets through what it holds and
 * what flows in meanwhile, so both together must not be more than the limit: it holds two
 * thirds, and the rest flows in within a minute and some seconds, for which a call may be
 * on its way longer than another. Not thread-safe.
 */
final class MinuteWindow {

	static final String NAME = "minute";

	private static final Duration PERIOD = Duration.ofSeconds(65);

	private final long limit;

	private final long burst;

	private final long refill;

	private final long reserved;

	private final Bucket bucket;

	private final KeptCalls kept;

	private final InstantSource waiting;

	private Instant keptAt;

	private long assumed;

	private Instant assumedAt = Instant.MIN;

	MinuteWindow(long limit, double reserve, Shares shares, InstantSource clock) {
		this(limit, Math.max(1, limit * 2 / 3), Math.max(1, limit - Math.max(1, limit * 2 / 3)), reserve, shares,
				clock);
	}

	private MinuteWindow(long limit, long burst, long refill, double reserve, Shares shares, InstantSource clock) {
		this.limit = limit;
		this.burst = burst;
		this.refill = refill;
		this.reserved = (long) (burst * reserve);
		this.waiting = Dates.elapsed(clock);
		this.bucket = Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(burst).refillGreedy(refill, PERIOD))
			.withCustomTimePrecision(new ElapsedMeter(clock))
			.build();
		this.kept = new KeptCalls(shares, burst);
		this.keptAt = waiting.instant();
	}

	/**
	 * The minute of several replicas, less what they may use without each other: half of
	 * it at once, and a quarter flows in.
	 */
	static MinuteWindow ofAll(long limit, double reserve, Shares shares, InstantSource clock) {
		long burst = Math.max(1, limit / 2);
		return new MinuteWindow(limit, burst, Math.max(1, limit - burst - apart(limit)), reserve, shares, clock);
	}

	/**
	 * Calls in a minute that replicas may make without knowing of each other, all
	 * together.
	 */
	static long apart(long limit) {
		return limit / 4;
	}

	/**
	 * Has the given calls left, as another count of them says.
	 */
	void set(double tokens) {
		assumed = 0;
		long more = (long) Math.floor(Math.min(tokens, (double) burst)) - available();
		if (more > 0) {
			bucket.addTokens(more);
		}
		else if (more < 0) {
			bucket.consumeIgnoringRateLimits(-more);
		}
		kept.fit((double) Math.max(0, available()));
	}

	/**
	 * What the ledger has to know.
	 */
	Ledger.Minute question(Priority priority, String account) {
		return new Ledger.Minute(burst, refill, PERIOD.toMillis(), Math.max(needed(priority), kept.needed(account)));
	}

	/**
	 * Takes calls that the given account made elsewhere from what is kept for it.
	 */
	void spend(String account, long calls) {
		kept.spend(account, calls);
	}

	/**
	 * Most calls at once.
	 */
	long burst() {
		return burst;
	}

	/**
	 * Calls that may be made at once.
	 */
	long available() {
		return bucket.getAvailableTokens();
	}

	/**
	 * Takes up what an earlier run left.
	 */
	void restore(long available, Duration since) {
		long gone = burst - (long) Math.min((double) burst, Math.max(0, available) + inflow(since));
		if (gone > 0) {
			bucket.tryConsume(gone);
		}
		kept.fit((double) (burst - gone));
	}

	/**
	 * Starts empty after a run of which nothing is known: it may have spent the minute.
	 */
	void restoreUnknown() {
		restore(0, Duration.ZERO);
		assumed = burst;
		assumedAt = waiting.instant();
	}

	// The oldest calls are made up for first.
	private long assumed(long gone) {
		if (assumed == 0) {
			return 0;
		}
		double left = assumed - inflow(Duration.between(assumedAt, waiting.instant()));
		return Math.clamp((long) Math.ceil(left), 0, gone);
	}

	/**
	 * Most calls that a bucket that had the given ones left can have let through since.
	 */
	long most(long available, Duration since) {
		return (long) Math.min((double) burst, Math.max(0, available) + Math.ceil(inflow(since)));
	}

	private double inflow(Duration since) {
		double seconds = Math.max(0, since.toSeconds() + since.toNanosPart() / 1e9);
		return refill * seconds / PERIOD.toSeconds();
	}

	boolean allows(Priority priority) {
		return bucket.getAvailableTokens() >= needed(priority);
	}

	void count(String account) {
		bucket.tryConsume(1);
		kept.spend(account);
	}

	/**
	 * Moves on to the current time: reserved calls flow in like all others.
	 */
	void roll() {
		Instant now = waiting.instant();
		if (now.isAfter(keptAt)) {
			kept.add(inflow(Duration.between(keptAt, now)), (double) burst);
		}
		keptAt = now;
	}

	/**
	 * Keeps the given shares from now on.
	 */
	void replace(Shares shares) {
		kept.replace(shares, (double) burst, (double) available());
	}

	/**
	 * Whether a call of the account leaves what is kept for others.
	 */
	boolean leavesTheOthers(String account) {
		return kept.allows(account, available());
	}

	/**
	 * Time until it does: until a call is kept for the account, or, if that is sooner,
	 * there is one more than all that can be kept for others.
	 */
	Duration shareWait(String account) {
		double part = kept.part(account);
		double own = (part * burst >= 1) ? kept.missing(account) / part / refill : 1;
		long enough = kept.enough(account, burst);
		Duration wait = Duration.ofMillis((long) Math.ceil(PERIOD.toMillis() * own));
		if (enough > burst) {
			return wait;
		}
		Duration other = Duration.ofNanos(bucket.estimateAbilityToConsume(enough).getNanosToWaitForRefill());
		return (other.compareTo(wait) < 0) ? other : wait;
	}

	void release(String account) {
		bucket.addTokens(1);
		kept.giveBack(account);
	}

	/**
	 * Time until a call is allowed that is not now.
	 */
	Duration wait(Priority priority) {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(needed(priority)).getNanosToWaitForRefill());
	}

	double refreshRate() {
		return (double) refill * (burst - reserved) / burst * 1000 / PERIOD.toMillis();
	}

	BudgetSnapshot.Window snapshot(Instant now) {
		long available = available();
		Duration full = Duration.ofNanos(bucket.estimateAbilityToConsume(burst).getNanosToWaitForRefill());
		long guess = assumed(burst - available);
		return new BudgetSnapshot.Window(NAME, limit, burst - available - guess, guess, available,
				now.plus(wait(Priority.INTERACTIVE)), now.plus(full));
	}

	private long needed(Priority priority) {
		return (priority == Priority.REFRESH) ? reserved + 1 : 1;
	}

}
