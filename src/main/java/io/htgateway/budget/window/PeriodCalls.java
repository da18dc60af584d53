package io.htgateway.budget.window;

import java.time.Instant;
import java.util.function.Function;

import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.Tally;

/**
 * Calls of the current day or month, and of earlier ones to which a set clock may return.
 * Not thread-safe.
 */
public final class PeriodCalls {

	private final long limit;

	private final Function<Instant, Period> calendar;

	private final EarlierPeriods earlier = new EarlierPeriods();

	private Period period;

	private Tally calls;

	/**
	 * The calls that were charged while the clock was in the period.
	 */
	private Tally charged = Tally.NONE;

	/**
	 * Assumed calls of all replicas that are never dropped.
	 */
	private long certain;

	private long unreported;

	private Elsewhere elsewhere = Elsewhere.NONE;

	/**
	 * Creates the count of the current period and assumes an even spend until now.
	 */
	PeriodCalls(long limit, Function<Instant, Period> calendar, Instant now) {
		this.limit = limit;
		this.calendar = calendar;
		this.period = calendar.apply(now);
		this.calls = Tally.NONE.atLeast(evenSpend(now));
	}

	Period period() {
		return period;
	}

	/**
	 * Returns the calls that an even spend would have made by now. They are assumed if
	 * nothing better is known.
	 */
	long evenSpend(Instant now) {
		long length = period.length().toMillis();
		return Math.ceilDiv(limit * (length - period.left(now).toMillis()), length);
	}

	/**
	 * Drops assumed calls, except those that a run can have made without saving them.
	 */
	void assumeOnlyCharged() {
		calls = new Tally(calls.made(), Math.min(calls.assumed(), charged.assumed()));
	}

	/**
	 * Assumes an even spend by a run that certainly made calls: they are never dropped.
	 */
	void assumeEvenSpend(Instant now) {
		charged = Tally.NONE.atLeast(evenSpend(now));
		calls = charged;
	}

	/**
	 * Returns all calls that count, whether made or assumed.
	 */
	public Tally all() {
		return calls;
	}

	/**
	 * Returns how many calls are left; negative if more calls than the limit count.
	 */
	public long left() {
		return limit - calls.total() - elsewhere.calls();
	}

	/**
	 * Returns the calls of others.
	 */
	public Elsewhere elsewhere() {
		return elsewhere;
	}

	void set(Elsewhere estimate) {
		elsewhere = estimate;
	}

	/**
	 * Returns how many of the assumed calls are never dropped: those that a run can have
	 * made without saving them, at this or another replica.
	 */
	public long certain() {
		return Math.min(calls.assumed(), Math.max(certain, charged.assumed()));
	}

	/**
	 * Returns the calls of this replica that the ledger does not know of.
	 */
	public long unreported() {
		return unreported;
	}

	/**
	 * Returns all calls of the period, and those charged in it.
	 */
	EarlierPeriods.Calls toRemember() {
		return new EarlierPeriods.Calls(calls, charged, elsewhere);
	}

	void restore(EarlierPeriods.Calls earlierCalls) {
		calls = earlierCalls.all();
		charged = earlierCalls.charged();
		elsewhere = earlierCalls.elsewhere();
	}

	/**
	 * Returns other periods with their calls, to which a set clock may return.
	 */
	EarlierPeriods earlier() {
		return earlier;
	}

	void count() {
		calls = calls.plusMade(1);
		charged = charged.plusMade(1);
		earlier.add(1);
	}

	/**
	 * Counts a call that the ledger does not know of.
	 */
	void countUnreported() {
		count();
		unreported++;
	}

	/**
	 * Records that the ledger now knows the given number of calls of this replica.
	 */
	public void markReported(long reported) {
		unreported = Math.max(0, unreported - reported);
	}

	/**
	 * Adopts the count of all replicas.
	 * @param certainly how many of the assumed calls are never dropped
	 */
	void set(Tally counted, long certainly) {
		earlier.add(Math.max(0, counted.total() + unreported - calls.total()));
		calls = counted.plusMade(unreported);
		certain = certainly;
	}

	/**
	 * Releases a call that was charged at the given time. A call of another period stays
	 * counted in all periods, because some of them may never have counted it.
	 * @return false if the call is not of this period
	 */
	boolean release(Instant at) {
		if (!period.contains(at) || calls.total() == 0) {
			return false;
		}
		calls = calls.plusMade(-1).notNegative();
		if (charged.total() > 0) {
			charged = charged.plusMade(-1).notNegative();
		}
		return true;
	}

	/**
	 * Moves to the next period when its time has come, or to the period that the clock
	 * was set to. If the clock was set, a period that was left before has its calls
	 * again, and any other has at least the calls of an even spend. If time has passed,
	 * the next period has only the calls that were charged in it before the clock was set
	 * back. The calls of others are those that were known when the period was left.
	 * @param jump whether the clock was set since the last call
	 * @return whether this is another period
	 */
	boolean roll(Instant now, boolean jump) {
		boolean back = now.isBefore(period.start());
		if (!back && now.isBefore(period.end())) {
			return false;
		}
		Tally before = back ? calls : Tally.NONE;
		earlier.put(period.start(), toRemember());
		period = calendar.apply(now);
		EarlierPeriods.Calls known = earlier.remove(period.start());
		charged = (known != null) ? known.charged() : Tally.NONE;
		calls = (!back && !jump) ? charged : (known != null) ? known.all() : before.atLeast(evenSpend(now));
		elsewhere = (known != null) ? known.elsewhere() : Elsewhere.NONE;
		certain = 0;
		unreported = 0;
		return true;
	}

}
