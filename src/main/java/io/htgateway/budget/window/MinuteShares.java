package io.htgateway.budget.window;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.htgateway.budget.share.Reservations;
import io.htgateway.budget.share.Share;
import io.htgateway.budget.share.Shares;

/**
 * Calls of the minute that are reserved for accounts. Not thread-safe.
 */
final class MinuteShares {

	private final long limit;

	private final RecentCalls calls;

	private final Reservations reservations;

	/**
	 * Creates the reservations of a minute.
	 * @param limit most calls in any minute
	 * @param calls the calls of the minute
	 */
	MinuteShares(long limit, RecentCalls calls, Shares shares) {
		this.limit = limit;
		this.calls = calls;
		this.reservations = new Reservations(wholeCalls(shares), (double) limit);
	}

	// A share of less than one call would keep the last call from everybody.
	private Shares wholeCalls(Shares shares) {
		return new Shares(shares.parts()
			.entrySet()
			.stream()
			.filter((share) -> share.getValue() * limit >= 1)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

	/**
	 * Reserves calls again when they leave the minute.
	 */
	void refill() {
		reservations.refill((double) limit, calls::of, (double) left(calls));
	}

	/**
	 * Subtracts a call of the account from its reservation.
	 */
	void spend(String account) {
		reservations.spend(account);
	}

	/**
	 * Replaces the shares of accounts.
	 */
	void replace(Shares shares) {
		reservations.replace(wholeCalls(shares), (double) limit, (double) left(calls));
	}

	/**
	 * Returns the reserved calls by account.
	 */
	Map<String, Share> all() {
		return reservations.shares(limit);
	}

	/**
	 * Returns how many calls are guaranteed to the account.
	 */
	long guaranteed(String account) {
		return reservations.guaranteed(account, limit);
	}

	/**
	 * Returns how many calls can be made for the account, if none are made for others.
	 */
	long possible(String account) {
		return reservations.possible(account, left(calls));
	}

	/**
	 * Returns how many calls must be left to grant one to the account.
	 */
	long needed(String account) {
		return reservations.needed(account);
	}

	/**
	 * Returns whether a call of the account leaves the reservations of others untouched.
	 */
	boolean leavesOthers(String account) {
		return reservations.allows(account, left(calls));
	}

	/**
	 * Returns when a call of the account leaves the reservations of others untouched, by
	 * the elapsed time, if no call is made until then: the latest time if never.
	 */
	Instant leavesOthersAt(String account) {
		List<RecentCalls.Call> all = calls.all();
		int tooFew = -1;
		int enough = all.size();
		while (enough - tooFew > 1) {
			int middle = (tooFew + enough) / 2;
			if (allowsAfter(all.subList(middle + 1, all.size()), account)) {
				enough = middle;
			}
			else {
				tooFew = middle;
			}
		}
		return (enough < all.size()) ? all.get(enough).leavesAt() : Instant.MAX;
	}

	private boolean allowsAfter(List<RecentCalls.Call> remaining, String account) {
		RecentCalls then = new RecentCalls();
		remaining.forEach(then::add);
		Reservations later = reservations.copy();
		later.refill((double) limit, then::of, (double) left(then));
		return later.allows(account, limit - then.size());
	}

	private long left(RecentCalls made) {
		return Math.max(0, limit - made.size());
	}

}
