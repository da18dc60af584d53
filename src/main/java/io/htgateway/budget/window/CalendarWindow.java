package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;

/**
 * The calls of a day or a month, counted. The reserve is a part of what the time that is
 * left would get of an even spend, so that it melts and all can be used up. Not
 * thread-safe.
 */
public final class CalendarWindow {

	/**
	 * Calls are whole, and the reserve is rounded.
	 */
	private static final double HALF = 0.5;

	private static final Duration RETRY = Duration.ofMinutes(1);

	private final String name;

	private final long limit;

	private final double reserve;

	private final PeriodCalls calls;

	private final Reservations reservations;

	private int parts = 1;

	private boolean toldSpent;

	CalendarWindow(String name, long limit, double reserve, Function<Instant, Period> calendar, Shares shares,
			Instant now) {
		this.name = name;
		this.limit = limit;
		this.reserve = reserve;
		this.calls = new PeriodCalls(limit, calendar, now);
		this.reservations = new Reservations(shares, limit * period().partLeft(now));
	}

	/**
	 * Returns day or month.
	 */
	public String name() {
		return name;
	}

	/**
	 * Returns the most calls of a period.
	 */
	public long limit() {
		return limit;
	}

	/**
	 * Returns the calls that count.
	 */
	public PeriodCalls calls() {
		return calls;
	}

	/**
	 * Returns the current period.
	 */
	public Period period() {
		return calls.period();
	}

	void count(String account) {
		calls.count();
		reservations.spend(account);
	}

	/**
	 * Limits this replica to one of so many parts of the calls that are left.
	 */
	public void divide(int replicas) {
		parts = replicas;
	}

	/**
	 * Counts a call that the other replicas do not know of.
	 */
	public void countApart(String account) {
		calls.countApart();
		reservations.spend(account);
	}

	/**
	 * Takes over the count of all replicas.
	 * @param certain how many of the assumed calls are never dropped
	 */
	public void set(Tally counted, long certain) {
		calls.set(counted, certain);
		reservations.fit((double) Math.max(0, calls.left()));
	}

	/**
	 * Subtracts calls that the account made at other replicas from its reservation.
	 */
	public void spend(String account, long calls) {
		reservations.spend(account, calls);
	}

	/**
	 * Returns how many calls have to be left for one of the account.
	 */
	public long needed(Priority priority, String account, Instant now) {
		long needed = (long) Math.floor(reserved(priority, now) + HALF) + 1;
		return Math.max(needed, reservations.needed(account));
	}

	void release(Instant at, String account) {
		if (calls.release(at)) {
			reservations.giveBack(account);
		}
	}

	/**
	 * Moves on to the period of the given time.
	 * @param jump whether the clock was set since the last call
	 */
	void roll(Instant now, boolean jump) {
		if (calls.roll(now, jump)) {
			toldSpent = false;
			reservations.fill(limit * period().partLeft(now));
		}
		reservations.limit(limit * period().partLeft(now));
		reservations.fit((double) calls.left());
	}

	/**
	 * Replaces the shares of accounts.
	 */
	void replace(Shares shares, Instant now) {
		reservations.replace(shares, limit * period().partLeft(now), (double) calls.left());
	}

	/**
	 * Returns whether a call of the account leaves the reservations of others.
	 */
	boolean leavesTheOthers(String account) {
		return reservations.allows(account, calls.left());
	}

	/**
	 * Returns the time until it does, if no call is made until then: unused reservations
	 * of others shrink.
	 */
	Duration shareWait(String account, Instant now) {
		long early = 0;
		long late = period().left(now).toMillis();
		while (late - early > 1) {
			long middle = (early + late) / 2;
			double most = limit * period().partLeft(now.plusMillis(middle));
			if (reservations.allows(account, calls.left(), most)) {
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
		boolean newly = calls.left() <= 0 && !toldSpent;
		toldSpent |= newly;
		return newly;
	}

	boolean allows(Priority priority, Instant now) {
		return spendable(priority, now) > HALF;
	}

	/**
	 * Returns the time until a call is allowed that is not allowed now.
	 */
	Duration wait(Priority priority, Instant now) {
		if (parts > 1 && calls.left() > 0) {
			return (period().left(now).compareTo(RETRY) < 0) ? period().left(now) : RETRY;
		}
		if (priority == Priority.INTERACTIVE || calls.left() <= 0) {
			return period().left(now);
		}
		double partLeft = (calls.left() - HALF) / (limit * reserve);
		Duration after = Duration.ofMillis((long) (period().length().toMillis() * partLeft));
		return period().left(now).minus(after).plusMillis(1);
	}

	/**
	 * Refreshes per second that can go on until the end.
	 */
	double refreshRate(Instant now) {
		return Math.max(0, spendable(Priority.REFRESH, now)) * 1000 / period().left(now).toMillis();
	}

	/**
	 * Calls at the end of the period, if it goes on as it went so far. What happened in
	 * less than a day's time tells nothing yet.
	 */
	long projectedSpend(Instant now) {
		Duration over = Duration.between(period().start(), now);
		long seconds = Math.max(over.toSeconds(), Math.min(period().length().toSeconds(), 86_400));
		long total = calls.all().total();
		return total + total * period().left(now).toSeconds() / seconds;
	}

	BudgetSnapshot.Window snapshot(Instant now) {
		long remaining = Math.max(0, (long) (spendable(Priority.INTERACTIVE, now) + HALF));
		Instant nextCallAt = (remaining > 0) ? now : (calls.left() > 0) ? now.plus(RETRY) : period().end();
		return new BudgetSnapshot.Window(name, limit, calls.all().made(), calls.all().assumed(), remaining, nextCallAt,
				period().end());
	}

	private double spendable(Priority priority, Instant now) {
		double left = calls.left() + calls.apart() - reserved(priority, now);
		return (parts == 1) ? left - calls.apart() : Math.floor(left / parts) - calls.apart();
	}

	private double reserved(Priority priority, Instant now) {
		return (priority == Priority.REFRESH) ? limit * reserve * period().partLeft(now) : 0;
	}

}
