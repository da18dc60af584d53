package io.htgateway.budget;

/**
 * The plans that HyperTracker sells, with their limits; 0 means no such limit.
 */
public enum Plan {

	FREE(0, 100, 0),

	PULSE(60, 0, 50_000),

	SURGE(100, 0, 150_000),

	FLOW(200, 0, 400_000),

	STREAM(500, 0, 2_000_000),

	/**
	 * Has only the limits that are configured.
	 */
	CUSTOM(0, 0, 0);

	private final long perMinute;

	private final long perDay;

	private final long perMonth;

	Plan(long perMinute, long perDay, long perMonth) {
		this.perMinute = perMinute;
		this.perDay = perDay;
		this.perMonth = perMonth;
	}

	Limits limits() {
		return new Limits(perMinute, perDay, perMonth);
	}

	/**
	 * Most calls in each window; 0 means no such limit.
	 */
	public record Limits(long perMinute, long perDay, long perMonth) {

		boolean isEmpty() {
			return perMinute == 0 && perDay == 0 && perMonth == 0;
		}

		/**
		 * Returns the limits of one of several replicas.
		 * @throws IllegalArgumentException if a limit leaves less than one call for each
		 * replica
		 */
		Limits share(int replicas) {
			return new Limits(share("per-minute", perMinute, replicas), share("per-day", perDay, replicas),
					share("per-month", perMonth, replicas));
		}

		private static long share(String name, long limit, int replicas) {
			if (limit > 0 && limit < replicas) {
				throw new IllegalArgumentException("gateway.budget.replicas must be at most " + limit + ", the calls "
						+ name + ", and is " + replicas);
			}
			return limit / replicas;
		}

	}

}
