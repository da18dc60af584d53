package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.Priority;
import io.htgateway.budget.Tally;
import io.htgateway.budget.account.AccountCalls;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.share.Reservations;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.share.WindowShares;

/**
 * Count of the calls in a day or a month. Not thread-safe.
 */
public final class CalendarWindow {

	private final String name;

	private final long limit;

	private final PeriodCalls calls;

	private final Allowance allowance;

	private final Reservations reservations;

	private final AccountCalls accounts = new AccountCalls();

	private boolean loggedSpent;

	CalendarWindow(String name, long limit, double reserve, Function<Instant, Period> calendar, Shares shares,
			Instant now) {
		this.name = name;
		this.limit = limit;
		this.calls = new PeriodCalls(limit, calendar, now);
		this.allowance = new Allowance(calls, limit * reserve);
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
	 * Returns the allowance of the calls left.
	 */
	Allowance allowance() {
		return allowance;
	}

	/**
	 * Limits this replica to an equal part of the calls left.
	 * @param replicas number of parts; 1 allows all calls
	 */
	public void divide(int replicas) {
		allowance.divide(replicas);
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
		return Math.max(allowance.needed(priority, now), reservations.needed(account));
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
		return new BudgetSnapshot.Window(name, limit, calls.all().made(), calls.all().assumed(),
				calls.elsewhere().calls(), allowance.remaining(now), allowance.nextCallAt(now), period().end());
	}

	/**
	 * Returns the calls of the account.
	 * @param used calls that were made for it in the current period
	 */
	AccountUse use(String account, long used, Instant now) {
		return snapshot(now).use(reservations.guaranteed(account, limit), used,
				reservations.possible(account, calls.left()));
	}

}
