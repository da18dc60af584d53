package io.htgateway.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The configured plan, for all replicas together.
 *
 * @param name name of the plan
 * @param perMinute most calls in any minute, or null without such a limit
 * @param perDay most calls in a day, or null without such a limit
 * @param perMonth most calls in a billing month, or null without such a limit
 * @param replicas number of gateways that share the plan
 */
public record ConfiguredPlan(String name, @Nullable Long perMinute, @Nullable Long perDay, @Nullable Long perMonth,
		int replicas) {

	/**
	 * Returns the plan that the given properties describe.
	 */
	public static ConfiguredPlan of(BudgetProperties properties) {
		Plan.Limits limits = properties.limitsOfAll();
		return new ConfiguredPlan(properties.plan().name().toLowerCase(Locale.ROOT), limit(limits.perMinute()),
				limit(limits.perDay()), limit(limits.perMonth()), properties.replicas());
	}

	/**
	 * Returns the names of the windows that the plan limits, the longest one last.
	 */
	public List<String> windows() {
		List<String> names = new ArrayList<>();
		add(names, "minute", perMinute);
		add(names, "day", perDay);
		add(names, "month", perMonth);
		return names;
	}

	private static void add(List<String> names, String name, @Nullable Long limit) {
		if (limit != null) {
			names.add(name);
		}
	}

	private static @Nullable Long limit(long calls) {
		return (calls > 0) ? calls : null;
	}

}
