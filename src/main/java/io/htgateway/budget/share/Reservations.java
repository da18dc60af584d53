package io.htgateway.budget.share;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToLongFunction;

/**
 * Calls of one window that are reserved for accounts, by their shares. Together they
 * never exceed the calls left, so that each account gets its reservation, whatever others
 * do. Not thread-safe.
 */
public final class Reservations {

	// Sums of fractions deviate slightly from whole numbers.
	private static final double ONE_CALL = 1 - 1e-6;

	private Map<String, Double> parts;

	private final Map<String, Double> reserved = new HashMap<>();

	/**
	 * Creates reservations of the given shares.
	 * @param calls the calls of which parts are reserved
	 */
	public Reservations(Shares shares, double calls) {
		this.parts = shares.parts();
		fill(calls);
	}

	private Reservations(Reservations other) {
		this.parts = other.parts;
		this.reserved.putAll(other.reserved);
	}

	/**
	 * Returns an independent copy.
	 */
	public Reservations copy() {
		return new Reservations(this);
	}

	/**
	 * Reserves each account's part of the given calls.
	 */
	public void fill(double calls) {
		change((part, before) -> part * calls);
	}

	/**
	 * Limits each reservation to the account's part of the given calls.
	 */
	public void limit(double calls) {
		change((part, before) -> Math.min(part * calls, before));
	}

	/**
	 * Moves each reservation to what the account has not used of its part of the given
	 * calls. It grows only by calls that are not reserved.
	 * @param used returns how many of the calls an account has used
	 * @param left calls that are left
	 */
	public void refill(double calls, ToLongFunction<String> used, double left) {
		Map<String, Double> increases = new HashMap<>();
		parts.forEach((account, part) -> {
			double before = reserved.getOrDefault(account, 0.0);
			double unused = Math.max(0, part * calls - used.applyAsLong(account));
			reserved.put(account, Math.min(before, unused));
			increases.put(account, Math.max(0, unused - before));
		});
		fit(left);
		grow(increases, left);
	}

	/**
	 * Limits all reservations together to the given calls, in proportion.
	 */
	public void fit(double calls) {
		double all = sum(reserved);
		if (all > calls) {
			reserved.replaceAll((account, before) -> before * Math.max(0, calls) / all);
		}
	}

	/**
	 * Replaces the shares of accounts. Calls already made stay subtracted. No account
	 * loses reserved calls to others: a larger share is filled from calls that are not
	 * reserved.
	 * @param calls the calls of which parts are reserved now
	 * @param left calls that are left
	 */
	public void replace(Shares shares, double calls, double left) {
		Map<String, Double> before = parts;
		Map<String, Double> increases = new HashMap<>();
		parts = shares.parts();
		reserved.keySet().retainAll(parts.keySet());
		parts.forEach((account, part) -> {
			double change = (part - before.getOrDefault(account, 0.0)) * calls;
			reserved.put(account, Math.max(0, reserved.getOrDefault(account, 0.0) + Math.min(change, 0)));
			increases.put(account, Math.max(change, 0));
		});
		grow(increases, left);
	}

	private void grow(Map<String, Double> increases, double left) {
		double free = Math.max(0, left - sum(reserved));
		double all = sum(increases);
		increases.forEach((account, increase) -> reserved.merge(account,
				(all > free) ? increase * free / all : increase, Double::sum));
	}

	/**
	 * Subtracts a call of the account from its reservation.
	 */
	public void spend(String account) {
		reserved.computeIfPresent(account, (name, before) -> Math.max(0, before - 1));
	}

	/**
	 * Adds a call of the account that was not sent to its reservation.
	 */
	public void release(String account) {
		reserved.computeIfPresent(account, (name, before) -> before + 1);
	}

	/**
	 * Returns whether the account can make a call when the given number is left: a call
	 * that is reserved for it, or one more than all that are reserved for others.
	 */
	public boolean allows(String account, long left) {
		return missing(account) <= 0 || left - reservedForOthers(account, Double.MAX_VALUE) >= ONE_CALL;
	}

	/**
	 * Returns whether the account can make a call when the given number is left and each
	 * reservation is at most its part of the given calls. The account's own reservation
	 * does not matter.
	 */
	public boolean allows(String account, long left, double calls) {
		return left - reservedForOthers(account, calls) >= ONE_CALL;
	}

	/**
	 * Returns how many calls can be made for the account, if none are made for others.
	 * @param left calls that are left
	 */
	public long possible(String account, long left) {
		return wholeCalls(left - reservedForOthers(account, Double.MAX_VALUE));
	}

	/**
	 * Returns how many calls are guaranteed to the account.
	 * @param limit most calls of the window
	 */
	public long guaranteed(String account, long limit) {
		return wholeCalls(part(account) * limit);
	}

	private static long wholeCalls(double calls) {
		return (long) Math.floor(calls + 1 - ONE_CALL);
	}

	/**
	 * Returns the reserved calls by account.
	 * @param limit most calls of the window
	 */
	public Map<String, Share> shares(long limit) {
		Map<String, Share> shares = new HashMap<>();
		parts.forEach((account, part) -> {
			if (part > 0) {
				shares.put(account,
						new Share(wholeCalls(part * limit), wholeCalls(reserved.getOrDefault(account, 0.0))));
			}
		});
		return shares;
	}

	/**
	 * Returns how many calls must be left to grant one to the account.
	 */
	public long needed(String account) {
		return (missing(account) <= 0) ? 1 : (long) Math.ceil(reservedForOthers(account, Double.MAX_VALUE) + ONE_CALL);
	}

	/**
	 * Subtracts calls that other replicas made for the account, or adds (negative) calls
	 * that they released.
	 */
	public void spend(String account, long calls) {
		reserved.computeIfPresent(account, (name, before) -> Math.max(0, before - calls));
	}

	private double reservedForOthers(String account, double calls) {
		return reserved.entrySet()
			.stream()
			.filter((other) -> !other.getKey().equals(account))
			.mapToDouble((other) -> Math.min(other.getValue(), part(other.getKey()) * calls))
			.sum();
	}

	// How much the account's reservation lacks to a whole call; 0 or less if it has one.
	private double missing(String account) {
		return ONE_CALL - reserved.getOrDefault(account, 0.0);
	}

	private double part(String account) {
		return parts.getOrDefault(account, 0.0);
	}

	private static double sum(Map<String, Double> calls) {
		return calls.values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private void change(ToDoubleBiFunction<Double, Double> change) {
		parts.forEach((account, part) -> reserved.put(account,
				change.applyAsDouble(part, reserved.getOrDefault(account, 0.0))));
	}

}
