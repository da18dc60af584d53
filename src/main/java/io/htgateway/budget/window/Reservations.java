package io.htgateway.budget.window;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

import io.htgateway.budget.Shares;

/**
 * The calls of one window that are kept for accounts. Together they are never more than
 * what is left of the window: then each account gets those that are kept for it, whatever
 * the others do. Not thread-safe.
 */
final class Reservations {

	// Sums of fractions are a little off the whole numbers that they stand for.
	private static final double ONE = 1 - 1e-6;

	private Map<String, Double> parts;

	private final Map<String, Double> kept = new HashMap<>();

	Reservations(Shares shares, double calls) {
		this.parts = shares.parts();
		fill(calls);
	}

	/**
	 * Keeps each account's part of the given calls.
	 */
	void fill(double calls) {
		change((part, before) -> part * calls);
	}

	/**
	 * Keeps no more than each account's part of the given calls.
	 */
	void limit(double calls) {
		change((part, before) -> Math.min(part * calls, before));
	}

	/**
	 * Keeps each account's part of the given calls more, and no more than that of the
	 * most.
	 */
	void add(double calls, double most) {
		change((part, before) -> Math.min(part * most, before + part * calls));
	}

	/**
	 * Keeps no more than the given calls together.
	 */
	void fit(double calls) {
		double all = sum(kept);
		if (all > calls) {
			kept.replaceAll((account, before) -> before * Math.max(0, calls) / all);
		}
	}

	/**
	 * Keeps other parts from now on, less what was spent. Nobody loses to others what is
	 * kept for it: those whose part is greater now get more of what is free.
	 * @param calls the calls whose parts are kept now
	 * @param left calls that are left
	 */
	void replace(Shares shares, double calls, double left) {
		Map<String, Double> before = parts;
		Map<String, Double> more = new HashMap<>();
		parts = shares.parts();
		kept.keySet().retainAll(parts.keySet());
		parts.forEach((account, part) -> {
			double change = (part - before.getOrDefault(account, 0.0)) * calls;
			kept.put(account, Math.max(0, kept.getOrDefault(account, 0.0) + Math.min(change, 0)));
			more.put(account, Math.max(change, 0));
		});
		double free = Math.max(0, left - sum(kept));
		double wanted = sum(more);
		more.forEach(
				(account, wish) -> kept.merge(account, (wanted > free) ? wish * free / wanted : wish, Double::sum));
	}

	/**
	 * Takes a call that the given account makes from those that are kept for it.
	 */
	void spend(String account) {
		kept.computeIfPresent(account, (name, before) -> Math.max(0, before - 1));
	}

	/**
	 * Gives back a call that the given account has not made after all.
	 */
	void giveBack(String account) {
		kept.computeIfPresent(account, (name, before) -> before + 1);
	}

	/**
	 * Whether the given account can make a call when so many are left: one that is kept
	 * for it, or one more than all that are kept for the others.
	 */
	boolean allows(String account, long left) {
		return missing(account) <= 0 || left - forOthers(account, Double.MAX_VALUE) >= ONE;
	}

	/**
	 * The same if no more than each account's part of the given calls were kept.
	 */
	boolean allows(String account, long left, double calls) {
		return left - forOthers(account, calls) >= ONE;
	}

	/**
	 * Calls that have to be left for one of the given account.
	 */
	long needed(String account) {
		return (missing(account) <= 0) ? 1 : (long) Math.ceil(forOthers(account, Double.MAX_VALUE) + ONE);
	}

	/**
	 * Takes calls that the given account has made elsewhere, or gives back.
	 */
	void spend(String account, long calls) {
		kept.computeIfPresent(account, (name, before) -> Math.max(0, before - calls));
	}

	private double forOthers(String account, double calls) {
		return kept.entrySet()
			.stream()
			.filter((other) -> !other.getKey().equals(account))
			.mapToDouble((other) -> Math.min(other.getValue(), part(other.getKey()) * calls))
			.sum();
	}

	/**
	 * Calls that have to be left for one of the given account when all is kept of the
	 * given calls.
	 */
	long enough(String account, long calls) {
		double others = sum(parts) - part(account);
		return (long) Math.ceil(others * calls + ONE);
	}

	/**
	 * What is missing to one call of the given account's own.
	 */
	double missing(String account) {
		return ONE - kept.getOrDefault(account, 0.0);
	}

	/**
	 * The part of the given account.
	 */
	double part(String account) {
		return parts.getOrDefault(account, 0.0);
	}

	private static double sum(Map<String, Double> calls) {
		return calls.values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private void change(ToDoubleBiFunction<Double, Double> change) {
		parts
			.forEach((account, part) -> kept.put(account, change.applyAsDouble(part, kept.getOrDefault(account, 0.0))));
	}

}
