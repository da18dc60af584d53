package io.htgateway.budget.window;

import java.time.Instant;
import java.util.function.Function;

/**
 * The calls of the current day or month, and of those to which a set clock may return.
 * Not thread-safe.
 */
public final class PeriodCalls {

	private final long limit;

	private final Function<Instant, Period> calendar;

	private final EarlierPeriods earlier = new EarlierPeriods();

	private Period period;

	private Tally calls;

	/**
	 * Those of them that were charged while the clock stood in the period.
	 */
	private Tally charged = Tally.NONE;

	/**
	 * Assumed calls of all replicas that are never dropped.
	 */
	private long certain;

	private long apart;

	/**
	 * Assumes the calls of an even spend.
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
	 * What an even spend would have come to by now, which is assumed where nothing better
	 * is known.
	 */
	long evenSpend(Instant now) {
		long length = period.length().toMillis();
		return Math.ceilDiv(limit * (length - period.left(now).toMillis()), length);
	}

	/**
	 * Drops assumed calls, but for those that a run can have made without saving them.
	 */
	void assumeOnlyCharged() {
		calls = new Tally(calls.made(), Math.min(calls.assumed(), charged.assumed()));
	}

	/**
	 * Assumes the calls of an even spend, where calls were certainly made.
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
	 * Returns how many calls are left.
	 */
	public long left() {
		return limit - calls.total();
	}

	/**
	 * Returns how many of the assumed calls are never dropped: those that a run can have
	 * made without saving them, here or at another replica.
	 */
	public long certain() {
		return Math.min(calls.assumed(), Math.max(certain, charged.assumed()));
	}

	/**
	 * Returns the calls of this replica that the others do not know of.
	 */
	public long apart() {
		return apart;
	}

	/**
	 * All calls of the period, and those that were charged in it.
	 */
	EarlierPeriods.Calls toRemember() {
		return new EarlierPeriods.Calls(calls, charged);
	}

	void restore(EarlierPeriods.Calls earlierCalls) {
		calls = earlierCalls.all();
		charged = earlierCalls.charged();
	}

	/**
	 * Other periods with their calls, to which a set clock may return.
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
	 * Counts a call that the others do not know of.
	 */
	void countApart() {
		count();
		apart++;
	}

	/**
	 * Records that the other replicas know of the given calls of this one from now on.
	 */
	public void report(long reported) {
		apart = Math.max(0, apart - reported);
	}

	/**
	 * Takes over the count of all replicas.
	 * @param certainly how many of the assumed calls are never dropped
	 */
	void set(Tally counted, long certainly) {
		earlier.add(Math.max(0, counted.total() + apart - calls.total()));
		calls = counted.plusMade(apart);
		certain = certainly;
	}

	/**
	 * Takes back a call that was counted at the given time.
	 * @return false if it does not count in this period
	 */
	boolean release(Instant at) {
		if (at.isBefore(period.start()) || calls.total() == 0) {
			return false;
		}
		calls = calls.plusMade(-1).notNegative();
		if (charged.total() > 0 && at.isBefore(period.end())) {
			charged = charged.plusMade(-1).notNegative();
		}
		earlier.add(-1);
		return true;
	}

	/**
	 * Moves to the next period when its time has come, or to the period that the clock
	 * was set to. A period that the clock is set to has the calls it had, or no more left
	 * than after an even spend. A period that passing time leads to has only the calls
	 * that were charged in it before the clock was set back.
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
		EarlierPeriods.Calls known = earlier.take(period.start());
		charged = (known != null) ? known.charged() : Tally.NONE;
		calls = (!back && !jump) ? charged : (known != null) ? known.all() : before.atLeast(evenSpend(now));
		certain = 0;
		apart = 0;
		return true;
	}

}
