package io.htgateway.ops.spend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.htgateway.budget.ConfiguredPlan;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the calls that operators enter. They are those of a day or a month that the plan
 * limits, and at most its limit.
 */
@Component
final class StatedUses {

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

	/**
	 * By the name of the window, the longest last.
	 */
	private final Map<String, Long> limits = new LinkedHashMap<>();

	StatedUses(ConfiguredPlan plan) {
		put("day", plan.perDay());
		put("month", plan.perMonth());
	}

	private void put(String window, @Nullable Long limit) {
		if (limit != null) {
			limits.put(window, limit);
		}
	}

	/**
	 * Returns the calls that the given values state.
	 * @param used number of calls
	 * @param window name of the window, or null for the longest one
	 */
	StatedUse of(@Nullable String used, @Nullable String window) {
		if (limits.isEmpty()) {
			return new StatedUse.Invalid("the plan limits neither the day nor the month, so there is nothing to enter");
		}
		String name = (window != null) ? window : limits.keySet().stream().reduce((_, longer) -> longer).orElseThrow();
		Long limit = limits.get(name);
		if (limit == null) {
			return new StatedUse.Invalid("window must be " + String.join(" or ", limits.keySet()));
		}
		if (used == null) {
			return new StatedUse.Invalid(
					"used is missing: it is the number of calls of this %s that HyperTracker shows".formatted(name));
		}
		if (!NUMBER.matcher(used).matches() || Long.parseLong(used) > limit) {
			return new StatedUse.Invalid(
					"used must be a whole number from 0 to %d, the calls of a %s".formatted(limit, name));
		}
		return new StatedUse.Valid(name, Long.parseLong(used));
	}

}
