package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import io.htgateway.budget.AccountUse;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
import io.htgateway.budget.Tally;
import io.htgateway.budget.WindowShares;
import io.htgateway.budget.account.AccountCalls;

/**
 * Count of the calls in a day or a month. The reserve for interactive calls is a part of
 * what an even spend would leave for the rest of the period. It shrinks with time, so
 * that all calls can be used in the end. Not thread-safe.
 */
public final class CalendarWindow {

	/**
	 * Calls are whole numbers, and the reserve is rounded.
	 */
	private static final double ROUNDING = 0.5;

	private static final Duration RETRY_DELAY = Duration.ofMinutes(1);

	private final String name;

	private final long limit;

	private final double reserve;

	private final PeriodCalls calls;

	private final Reservations reservations;

	private final AccountCalls accounts = new AccountCalls();

	private int divisor = 1;

	private boolean loggedSpent;

	CalendarWindow(String name, long limit, double reserve, Function<Instant, Period> calendar, Shares shares,
			Instant now) {
		this.name = name;
		this.limit = limit;
		this.reserve = reserve;
		this.calls = new PeriodCalls(limit, calendar, now);
		this.reservations = new Reservations(shares, limit * period().partLeft(now));
	}

	/**
	 * Returns the name of the window: day or month.
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
	 * Returns the calls of the current period.
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

	/**
	 * Returns the calls of each account that this replica counted.
	 */
	AccountCalls accounts() {
		return accounts;
	}

	void count(String account) {
		calls.count();
		accounts.add(period().start(), account, 1);
		reservations.spend(account);
	}

	/**
	 * Limits this replica to an equal part of the calls left.
	 * @param replicas number of parts; 1 allows all calls
	 */
	public void divide(int replicas) {
		divisor = replicas;
	}

	/**
	 * Counts a call that the ledger does not know of.
	 */
	public void countUnreported(String account) {
		calls.countUnreported();
		reservations.spend(account);
	}

	/**
	 * Adopts the count of all replicas.
	 * @param certain how many of the assumed calls are never dropped
	 */
	public void set(Tally counted, long certain) {
		calls.set(counted, certain);
		reservations.fit((double) Math.max(0, calls.left()));
	}

	/**
	 * Adopts an estimate of the calls of others.
	 */
	public void set(Elsewhere estimate) {
		calls.set(estimate);
		reservations.fit((double) Math.max(0, calls.left()));
		loggedSpent &= calls.left() <= 0;
	}

	/**
	 * Subtracts calls that other replicas made for the account from its reservation.
	 */
	public void spend(String account, long calls) {
		reservations.spend(account, calls);
	}

	/**
	 * Returns how many calls must be left to grant one to the account.
	 */
	public long needed(Priority priority, String account, Instant now) {
		long needed = (long) Math.floor(reserved(priority, now) + ROUNDING) + 1;
		return Math.max(needed, reservations.needed(account));
	}

	/**
	 * Releases a call of the account that was counted at the given time.
	 * @return false if the call is not of the current period
	 */
	boolean release(Instant at, String account) {
		boolean released = calls.release(at);
		if (released) {
			accounts.add(period().start(), account, -1);
			reservations.release(account);
		}
		return released;
	}

	/**
	 * Moves to the period of the given time.
	 * @param jump whether the clock was set since the last call
	 * @return whether this is another period
	 */
	boolean roll(Instant now, boolean jump) {
		boolean other = calls.roll(now, jump);
		if (other) {
			loggedSpent = false;
			reservations.fill(limit * period().partLeft(now));
		}
		reservations.limit(limit * period().partLeft(now));
		reservations.fit((double) calls.left());
		return other;
	}

	/**
	 * Replaces the shares of accounts.
	 */
	void replace(Shares shares, Instant now) {
		reservations.replace(shares, limit * period().partLeft(now), (double) calls.left());
	}

	/**
	 * Returns the calls that are reserved, by account.
	 */
	WindowShares shares(Instant now) {
		return new WindowShares(name, period().length(), period().left(now), reservations.shares(limit));
	}

	/**
	 * Returns whether a call of the account leaves the reservations of others untouched.
	 */
	boolean leavesOthersReservations(String account) {
		return reservations.allows(account, calls.left());
	}

	/**
	 * Returns the time until a call of the account leaves the reservations of others
	 * untouched, if no call is made until then. Unused reservations of others shrink with
	 * time.
	 */
	Duration shareWait(String account, Instant now) {
		long tooEarly = 0;
		long possible = period().left(now).toMillis();
		while (possible - tooEarly > 1) {
			long middle = (tooEarly + possible) / 2;
			double most = limit * period().partLeft(now.plusMillis(middle));
			if (reservations.allows(account, calls.left(), most)) {
				possible = middle;
			}
			else {
				tooEarly = middle;
			}
		}
		return Duration.ofMillis(possible);
	}

	/**
	 * Returns true once in each spent period, at the first call after it was spent.
	 */
	boolean isNewlySpent() {
		boolean newly = calls.left() <= 0 && !loggedSpent;
		loggedSpent |= newly;
		return newly;
	}

	boolean allows(Priority priority, Instant now) {
		return spendable(priority, now) > ROUNDING;
	}

	/**
	 * Returns the time until a call is allowed that is not allowed now.
	 */
	Duration wait(Priority priority, Instant now) {
		if (divisor > 1 && calls.left() > 0) {
			return (period().left(now).compareTo(RETRY_DELAY) < 0) ? period().left(now) : RETRY_DELAY;
		}
		double left = calls.left() - expectedElsewhere() - ROUNDING;
		if (priority == Priority.INTERACTIVE || left <= 0) {
			return period().left(now);
		}
		double partLeft = left / (limit * reserve);
		Duration after = Duration.ofMillis((long) (period().length().toMillis() * partLeft));
		return period().left(now).minus(after).plusMillis(1);
	}

	/**
	 * Returns the refreshes per second that the window can sustain until its end.
	 */
	double refreshRate(Instant now) {
		return Math.max(0, spendable(Priority.REFRESH, now)) * 1000 / period().left(now).toMillis();
	}

	/**
	 * Returns the calls at the end of the period, if the rate so far continues. The rate
	 * is taken over at least a day, since a shorter time is not representative.
	 */
	long projectedSpend(Instant now) {
		Duration passed = Duration.between(period().start(), now);
		long seconds = Math.max(passed.toSeconds(), Math.min(period().length().toSeconds(), 86_400));
		long total = calls.all().total();
		return total + total * period().left(now).toSeconds() / seconds + calls.elsewhere().calls()
				+ calls.elsewhere().expected();
	}

	BudgetSnapshot.Window snapshot(Instant now) {
		long remaining = Math.max(0, (long) (spendable(Priority.INTERACTIVE, now) + ROUNDING));
		Instant nextCallAt = (remaining > 0) ? now : (calls.left() > 0) ? now.plus(RETRY_DELAY) : period().end();
		return new BudgetSnapshot.Window(name, limit, calls.all().made(), calls.all().assumed(),
				calls.elsewhere().calls(), remaining, nextCallAt, period().end());
	}

	/**
	 * Returns the calls of the account.
	 * @param used calls that were made for it in the current period
	 */
	AccountUse use(String account, long used, Instant now) {
		return reservations.use(account, used, snapshot(now), calls.left());
	}

	private double spendable(Priority priority, Instant now) {
		double left = calls.left() + calls.unreported() - reserved(priority, now);
		return (divisor == 1) ? left - calls.unreported() : Math.floor(left / divisor) - calls.unreported();
	}

	private double reserved(Priority priority, Instant now) {
		return (priority == Priority.REFRESH) ? limit * reserve * period().partLeft(now) + expectedElsewhere() : 0;
	}

	private double expectedElsewhere() {
		return (double) calls.elsewhere().expected();
	}

}
