package io.htgateway.budget.window;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

import io.htgateway.budget.Shares;

/**
 * The calls of one window that are reserved for accounts, by their shares. Together they
 * are never more than the calls that are left, so that each account gets its own ones,
 * whatever the others do. Not thread-safe.
 */
final class Reservations {

	// Sums of fractions are a little off the whole numbers that they stand for.
	private static final double ONE = 1 - 1e-6;

	private Map<String, Double> parts;

	private final Map<String, Double> reserved = new HashMap<>();

	Reservations(Shares shares, double calls) {
		this.parts = shares.parts();
		fill(calls);
	}

	/**
	 * Reserves each account's part of the given calls.
	 */
	void fill(double calls) {
		change((part, before) -> part * calls);
	}

	/**
	 * Reserves no more than each account's part of the given calls.
	 */
	void limit(double calls) {
		change((part, before) -> Math.min(part * calls, before));
	}

	/**
	 * Reserves each account's part of the given calls in addition, and no more than its
	 * part of the most.
	 */
	void add(double calls, double most) {
		change((part, before) -> Math.min(part * most, before + part * calls));
	}

	/**
	 * Reserves no more than the given calls together.
	 */
	void fit(double calls) {
		double all = sum(reserved);
		if (all > calls) {
			reserved.replaceAll((account, before) -> before * Math.max(0, calls) / all);
		}
	}

	/**
	 * Replaces the parts of accounts. Calls that were made stay spent. No account loses a
	 * reservation to others: a greater part is filled from calls that are free.
	 * @param calls the calls whose parts are reserved now
	 * @param left calls that are left
	 */
	void replace(Shares shares, double calls, double left) {
		Map<String, Double> before = parts;
		Map<String, Double> more = new HashMap<>();
		parts = shares.parts();
		reserved.keySet().retainAll(parts.keySet());
		parts.forEach((account, part) -> {
			double change = (part - before.getOrDefault(account, 0.0)) * calls;
			reserved.put(account, Math.max(0, reserved.getOrDefault(account, 0.0) + Math.min(change, 0)));
			more.put(account, Math.max(change, 0));
		});
		double free = Math.max(0, left - sum(reserved));
		double wanted = sum(more);
		more.forEach(
				(account, wish) -> reserved.merge(account, (wanted > free) ? wish * free / wanted : wish, Double::sum));
	}

	/**
	 * Subtracts a call that the account makes from its reservation.
	 */
	void spend(String account) {
		reserved.computeIfPresent(account, (name, before) -> Math.max(0, before - 1));
	}

	/**
	 * Adds a call that the account has not made after all to its reservation.
	 */
	void giveBack(String account) {
		reserved.computeIfPresent(account, (name, before) -> before + 1);
	}

	/**
	 * Returns whether the account can make a call when so many are left: one that is
	 * reserved for it, or one more than all that are reserved for others.
	 */
	boolean allows(String account, long left) {
		return missing(account) <= 0 || left - forOthers(account, Double.MAX_VALUE) >= ONE;
	}

	/**
	 * Returns the same if no more than each account's part of the given calls were
	 * reserved.
	 */
	boolean allows(String account, long left, double calls) {
		return left - forOthers(account, calls) >= ONE;
	}

	/**
	 * Returns how many calls have to be left for one of the account.
	 */
	long needed(String account) {
		return (missing(account) <= 0) ? 1 : (long) Math.ceil(forOthers(account, Double.MAX_VALUE) + ONE);
	}

	/**
	 * Subtracts calls that the account made at other replicas, or adds them (negative).
	 */
	void spend(String account, long calls) {
		reserved.computeIfPresent(account, (name, before) -> Math.max(0, before - calls));
	}

	private double forOthers(String account, double calls) {
		return reserved.entrySet()
			.stream()
			.filter((other) -> !other.getKey().equals(account))
			.mapToDouble((other) -> Math.min(other.getValue(), part(other.getKey()) * calls))
			.sum();
	}

	/**
	 * Returns how many calls have to be left for one of the account when the parts of the
	 * given calls are reserved in full.
	 */
	long enough(String account, long calls) {
		double others = sum(parts) - part(account);
		return (long) Math.ceil(others * calls + ONE);
	}

	/**
	 * Returns how much of a call the reservation of the account lacks.
	 */
	double missing(String account) {
		return ONE - reserved.getOrDefault(account, 0.0);
	}

	/**
	 * Returns the part of the account.
	 */
	double part(String account) {
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
