package io.htgateway.budget;

import java.nio.file.Path;
import java.time.Duration;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The plan and the budget of upstream calls.
 *
 * @param plan the HyperTracker plan: free, pulse, surge, flow, stream, or custom, which
 * has only the limits that are set here
 * @param perMinute most calls in any minute, instead of the plan's limit
 * @param perDay most calls in a day (UTC), instead of the plan's limit
 * @param perMonth most calls in a billing month, instead of the plan's limit
 * @param billingDay day of the month on which a billing month begins at 0:00 UTC; the
 * last day of a shorter month
 * @param replicas number of gateways that share the plan; without Redis each may spend an
 * equal part
 * @param interactiveReserve part of each limit that is reserved for clients that wait for
 * a response that is not cached
 * @param stateFile file in which the spend survives a restart
 * @param assumeEvenSpend whether a start without a record of earlier calls assumes that
 * the plan was used evenly until then; set false if no calls were made before
 * @param maxWait longest time for which a request that needs a call waits until the
 * budget permits it, before it is refused; 0 refuses at once
 */
@Validated
@ConfigurationProperties(prefix = "gateway.budget")
public record BudgetProperties(@DefaultValue("pulse") Plan plan, @Min(1) @Max(1_000_000_000) @Nullable Long perMinute,
		@Min(1) @Max(1_000_000_000) @Nullable Long perDay, @Min(1) @Max(1_000_000_000) @Nullable Long perMonth,
		@DefaultValue("1") @Min(1) @Max(31) int billingDay, @DefaultValue("1") @Min(1) @Max(10_000) int replicas,
		@DefaultValue("0.1") @DecimalMin("0.0") @DecimalMax("0.9") double interactiveReserve, @Nullable Path stateFile,
		@DefaultValue("true") boolean assumeEvenSpend,
		@DefaultValue("2s") @DurationMin(seconds = 0) @DurationMax(seconds = 30) Duration maxWait) {

	public BudgetProperties {
		if (limits(plan, perMinute, perDay, perMonth).share(Math.max(replicas, 1)).isEmpty()) {
			throw new IllegalArgumentException(
					"gateway.budget.plan is custom, which needs at least one of gateway.budget.per-minute, per-day and per-month");
		}
		if (stateFile != null && stateFile.toString().isBlank()) {
			throw new IllegalArgumentException(
					"gateway.budget.state-file must be a file name, such as /var/lib/gateway/spend.json");
		}
	}

	/**
	 * Returns the limits of one replica: an equal part of the plan.
	 */
	public Plan.Limits limits() {
		return limits(plan, perMinute, perDay, perMonth).share(replicas);
	}

	/**
	 * Returns the limits of all replicas together.
	 */
	public Plan.Limits limitsOfAll() {
		return limits(plan, perMinute, perDay, perMonth);
	}

	private static Plan.Limits limits(Plan plan, @Nullable Long perMinute, @Nullable Long perDay,
			@Nullable Long perMonth) {
		return new Plan.Limits((perMinute != null) ? perMinute : plan.limits().perMinute(),
				(perDay != null) ? perDay : plan.limits().perDay(),
				(perMonth != null) ? perMonth : plan.limits().perMonth());
	}

}
