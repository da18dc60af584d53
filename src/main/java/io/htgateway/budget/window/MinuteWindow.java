package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.AccountUse;
import io.htgateway.budget.share.Reservations;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.share.WindowShares;
import io.htgateway.budget.window.RecentCalls.Call;
import io.htgateway.time.Dates;

/**
 * Limit of the calls in any minute, wherever it begins. A call is possible when the call
 * that is as many calls back as the limit allows has left the minute. Not thread-safe.
 */
public final class MinuteWindow {

	/**
	 * Name of the window.
	 */
	public static final String NAME = "minute";

	/**
	 * Time after which a call leaves the minute: the 60 s of the upstream, and the
	 * longest time by which one call can arrive later than another. A call is counted
	 * before it waits for a connection, and a new connection may need a second attempt.
	 */
	public static final Duration LENGTH = Duration.ofSeconds(63);

	/**
	 * More calls than any run makes in a minute; the largest plan has 500.
	 */
	private static final long MOST_CALLS = 100_000;

	private static final String NOBODY = "";

	private final long limit;

	private final long reserved;

	private final RecentCalls calls = new RecentCalls();

	private final MinuteShares shares;

	private final InstantSource clock;

	private final InstantSource elapsed;

	/**
	 * Creates a minute without calls.
	 * @param limit most calls in any minute
	 * @param reserve part of the limit that is reserved for interactive calls
	 */
	public MinuteWindow(long limit, double reserve, Shares shares, InstantSource clock) {
		this.limit = limit;
		this.reserved = (long) (limit * reserve);
		this.clock = clock;
		this.elapsed = Dates.elapsed(clock);
		this.shares = new MinuteShares(limit, calls, shares);
	}

	/**
	 * Returns the most calls in any minute.
	 */
	public long limit() {
		return limit;
	}

	/**
	 * Returns how many calls another run may have made in a minute.
	 */
	public long unknown() {
		return Math.min(limit, MOST_CALLS);
	}

	/**
	 * Moves to the current time.
	 * @return the elapsed time
	 */
	public Instant roll() {
		Instant now = elapsed.instant();
		calls.removeUntil(now);
		shares.refill();
		return now;
	}

	/**
	 * Counts a call of the account.
	 */
	public void count(String account) {
		count(account, clock.instant());
	}

	/**
	 * Counts a call of the account.
	 * @param at the current date
	 */
	void count(String account, Instant at) {
		calls.add(new Call(roll().plus(LENGTH), at, 1, account, false));
		shares.spend(account);
	}

	/**
	 * Releases a call of the account that was not sent.
	 * @param at when it was counted
	 */
	void release(Instant at, String account) {
		calls.remove(account, at);
		roll();
	}

	/**
	 * Adopts the calls of all replicas.
	 */
	public void set(Collection<MinuteCalls> counted) {
		calls.clear();
		counted.stream().sorted(Comparator.comparing(MinuteCalls::age).reversed()).forEach(this::add);
		roll();
	}

	private void add(MinuteCalls added) {
		if (added.number() > 0) {
			calls.add(new Call(elapsed.instant().plus(LENGTH).minus(added.age()), clock.instant().minus(added.age()),
					added.number(), added.account(), added.assumed()));
		}
	}

	/**
	 * Assumes that an earlier run of unknown spend has just made as many calls as it can
	 * have made.
	 */
	public void restoreUnknown() {
		set(List.of(new MinuteCalls(Duration.ZERO, unknown(), NOBODY, true)));
	}

	/**
	 * Restores calls of an earlier run.
	 * @param made calls by the date of their count
	 * @param assumed assumed calls by the date of their count
	 */
	void restore(Map<Instant, Long> made, Map<Instant, Long> assumed) {
		List<MinuteCalls> all = new ArrayList<>();
		made.forEach((date, number) -> all.add(new MinuteCalls(age(date), number, NOBODY, false)));
		assumed.forEach((date, number) -> all.add(new MinuteCalls(age(date), number, NOBODY, true)));
		set(all);
	}

	// A clock that was ahead counted calls at a date in the future.
	private Duration age(Instant date) {
		Instant now = clock.instant();
		return date.isBefore(now) ? Duration.between(date, now) : Duration.ZERO;
	}

	/**
	 * Returns the calls by the date of their count, rounded up to whole seconds.
	 * @param assumed whether to return the assumed calls, or the others
	 */
	Map<Instant, Long> bySecond(boolean assumed) {
		roll();
		return calls.bySecond(assumed);
	}

	/**
	 * Returns the number of calls that may be made at once.
	 */
	public long available() {
		return Math.max(0, limit - calls.size());
	}

	/**
	 * Returns how many calls must be left to grant one to the account.
	 */
	public long needed(Priority priority, String account) {
		return Math.max(needed(priority), shares.needed(account));
	}

	private long needed(Priority priority) {
		return (priority == Priority.REFRESH) ? reserved + 1 : 1;
	}

	boolean allows(Priority priority) {
		roll();
		return available() >= needed(priority);
	}

	/**
	 * Returns the time until a call is allowed that is not allowed now.
	 */
	Duration wait(Priority priority) {
		return wait(calls.leftAt(needed(priority) - available(), Instant.MAX));
	}

	private Duration wait(Instant until) {
		Instant now = elapsed.instant();
		if (until.equals(Instant.MAX)) {
			return LENGTH;
		}
		return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
	}

	/**
	 * Replaces the shares of accounts.
	 */
	public void replace(Shares others) {
		roll();
		shares.replace(others);
	}

	/**
	 * Returns the calls that are reserved, by account.
	 */
	WindowShares shares() {
		Instant now = roll();
		return new WindowShares(NAME, LENGTH, wait(calls.leftAt(calls.size(), now)), shares.all());
	}

	/**
	 * Returns whether a call of the account leaves the reservations of others untouched.
	 */
	boolean leavesOthersReservations(String account) {
		return shares.leavesOthers(account);
	}

	/**
	 * Returns the time until a call of the account leaves the reservations of others
	 * untouched, if no call is made until then.
	 */
	Duration shareWait(String account) {
		return wait(shares.leavesOthersAt(account));
	}

	/**
	 * Returns the refreshes per second that the minute can sustain.
	 */
	double refreshRate() {
		return (limit - reserved) * 1000.0 / LENGTH.toMillis();
	}

	/**
	 * Returns the number of calls that were made for the account.
	 */
	long of(String account) {
		roll();
		return calls.of(account);
	}

	/**
	 * Returns the calls of the account.
	 * @param used calls that were made for it
	 */
	AccountUse use(String account, long used, Instant now) {
		return snapshot(now).use(shares.guaranteed(account), used, shares.possible(account));
	}

	BudgetSnapshot.Window snapshot(Instant now) {
		Instant at = roll();
		Instant empty = calls.leftAt(calls.size(), at);
		return new BudgetSnapshot.Window(NAME, limit, calls.size() - calls.assumed(), calls.assumed(), 0, available(),
				now.plus(available() > 0 ? Duration.ZERO : wait(Priority.INTERACTIVE)), now.plus(wait(empty)));
	}

}
