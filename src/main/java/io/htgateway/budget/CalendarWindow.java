package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * The calls of a day or a month, counted. The reserve is a part of what the time that is
 * left would get of an even spend, so that it melts and all can be used up. Not
 * thread-safe.
 */
final class CalendarWindow {

	/**
	 * Calls are whole, and the reserve is rounded.
	 */
	private static final double HALF = 0.5;

	private static final Duration RETRY = Duration.ofMinutes(1);

	private final String name;

	private final long limit;

	private final double reserve;

	private final Function<Instant, Period> calendar;

	private Period period;

	private final KeptCalls kept;

	private final Remembered earlier = new Remembered();

	private long used;

	/**
	 * Those of them that were charged while the clock stood in the period.
	 */
	private long charged;

	private long apart;

	private int parts = 1;

	private boolean toldSpent;

	CalendarWindow(String name, long limit, double reserve, Function<Instant, Period> calendar, Shares shares,
			Instant now) {
		this.name = name;
		this.limit = limit;
		this.reserve = reserve;
		this.calendar = calendar;
		this.period = calendar.apply(now);
		this.used = evenSpend(now);
		this.kept = new KeptCalls(shares, limit * period.partLeft(now));
	}

	String name() {
		return name;
	}

	long limit() {
		return limit;
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

	long used() {
		return used;
	}

	/**
	 * All calls of the period, and those that were charged in it.
	 */
	Remembered.Calls calls() {
		return new Remembered.Calls(used, charged);
	}

	void restore(Remembered.Calls calls) {
		used = calls.used();
		charged = calls.charged();
	}

	/**
	 * Other periods with their calls, to which a set clock may return.
	 */
	Remembered earlier() {
		return earlier;
	}

	void count(String account) {
		used++;
		charged++;
		earlier.add(1);
		kept.spend(account);
	}

	/**
	 * Lets this replica have one of so many parts of what is left, until it knows again
	 * of the others.
	 */
	void divide(int replicas) {
		parts = replicas;
	}

	/**
	 * Counts a call that the others do not know of.
	 */
	void countApart(String account) {
		count(account);
		apart++;
	}

	/**
	 * Takes over what the ledger has counted, with the calls of this replica that it was
	 * told of, unless that is for another day or month.
	 */
	void set(Ledger.Calls counted, Ledger.Calls reported) {
		long start = period.start().toEpochMilli();
		apart = Math.max(0, apart - ((reported.start() == start) ? reported.calls() : 0));
		if (counted.start() == start) {
			earlier.add(Math.max(0, counted.calls() + apart - used));
			used = counted.calls() + apart;
			kept.fit((double) Math.max(0, limit - used));
		}
	}

	/**
	 * Takes calls that the given account made elsewhere from what is kept for it.
	 */
	void spend(String account, long calls) {
		kept.spend(account, calls);
	}

	/**
	 * What the ledger has to know.
	 */
	Ledger.Window question(Priority priority, String account, Instant now) {
		long needed = (long) Math.floor(reserved(priority, now) + HALF) + 1;
		return new Ledger.Window(name, period.start().toEpochMilli(), limit, Math.max(needed, kept.needed(account)),
				used - apart);
	}

	void release(Instant at, String account) {
		if (!at.isBefore(period.start()) && used > 0) {
			used--;
			if (charged > 0 && at.isBefore(period.end())) {
				charged--;
			}
			earlier.add(-1);
			kept.giveBack(account);
		}
	}

	/**
	 * Moves to the next period when its time has come, or to the period that the clock
	 * was set to. A period that the clock is set to has the calls it had, or no more left
	 * than after an even spend. A period that passing time leads to has only the calls
	 * that were charged in it before the clock was set back.
	 * @param jump whether the clock was set since the last call
	 */
	void roll(Instant now, boolean jump) {
		boolean back = now.isBefore(period.start());
		if (back || !now.isBefore(period.end())) {
			long before = used;
			earlier.put(period.start(), calls());
			period = calendar.apply(now);
			Remembered.Calls known = earlier.take(period.start());
			charged = (known != null) ? known.charged() : 0;
			used = (!back && !jump) ? charged
					: (known != null) ? known.used() : Math.max(evenSpend(now), back ? before : 0);
			apart = 0;
			toldSpent = false;
			kept.fill(limit * period.partLeft(now));
		}
		kept.limit(limit * period.partLeft(now));
		kept.fit((double) (limit - used));
	}

	/**
	 * Keeps the given shares from now on.
	 */
	void replace(Shares shares, Instant now) {
		kept.replace(shares, limit * period.partLeft(now), (double) (limit - used));
	}

	/**
	 * Whether a call of the account leaves what is kept for others.
	 */
	boolean leavesTheOthers(String account) {
		return kept.allows(account, limit - used);
	}

	/**
	 * Time until it does, if no call is made until then: what is kept for others gets
	 * less while they do not use it.
	 */
	Duration shareWait(String account, Instant now) {
		long early = 0;
		long late = period.left(now).toMillis();
		while (late - early > 1) {
			long middle = (early + late) / 2;
			double calls = limit * period.partLeft(now.plusMillis(middle));
			if (kept.allows(account, limit - used, calls)) {
				late = middle;
			}
			else {
				early = middle;
			}
		}
		return Duration.ofMillis(late);
	}

	/**
	 * Whether all is spent, the first time that this is asked then.
	 */
	boolean isNewlySpent() {
		boolean newly = used >= limit && !toldSpent;
		toldSpent |= newly;
		return newly;
	}

	boolean allows(Priority priority, Instant now) {
		return spendable(priority, now) > HALF;
	}

	/**
	 * Time until a call is allowed that is not now.
	 */
	Duration wait(Priority priority, Instant now) {
		if (parts > 1 && used < limit) {
			return (period.left(now).compareTo(RETRY) < 0) ? period.left(now) : RETRY;
		}
		if (priority == Priority.INTERACTIVE || used >= limit) {
			return period.left(now);
		}
		double partLeft = (limit - used - HALF) / (limit * reserve);
		Duration after = Duration.ofMillis((long) (period.length().toMillis() * partLeft));
		return period.left(now).minus(after).plusMillis(1);
	}

	/**
	 * Refreshes per second that can go on until the end.
	 */
	double refreshRate(Instant now) {
		return Math.max(0, spendable(Priority.REFRESH, now)) * 1000 / period.left(now).toMillis();
	}

	/**
	 * Calls at the end of the period, if it goes on as it went so far. What happened in
	 * less than a day's time tells nothing yet.
	 */
	long projectedSpend(Instant now) {
		Duration over = Duration.between(period.start(), now);
		long seconds = Math.max(over.toSeconds(), Math.min(period.length().toSeconds(), 86_400));
		return used + used * period.left(now).toSeconds() / seconds;
	}

	BudgetSnapshot.Window snapshot(Instant now) {
		long remaining = Math.max(0, (long) (spendable(Priority.INTERACTIVE, now) + HALF));
		Instant nextCallAt = (remaining > 0) ? now : (used < limit) ? now.plus(RETRY) : period.end();
		return new BudgetSnapshot.Window(name, limit, used, remaining, nextCallAt, period.end());
	}

	private double spendable(Priority priority, Instant now) {
		double left = limit - (used - apart) - reserved(priority, now);
		return (parts == 1) ? left - apart : Math.floor(left / parts) - apart;
	}

	private double reserved(Priority priority, Instant now) {
		return (priority == Priority.REFRESH) ? limit * reserve * period.partLeft(now) : 0;
	}

}
