package io.htgateway.access;

import java.time.Duration;

/**
 * A request is not answered because of who sent it; nothing was done for it.
 */
@SuppressWarnings("serial")
public abstract sealed class TeamRefusal extends RuntimeException {

	private TeamRefusal(String message) {
		super(message, null, false, false);
	}

	/**
	 * Nobody knows who it is from.
	 */
	public static final class Unauthenticated extends TeamRefusal {

		public Unauthenticated(boolean presented) {
			super(presented ? "the token is not one of a team, or not any more"
					: "a team's token is needed, as Authorization: Bearer or X-API-Key");
		}

	}

	/**
	 * The team may not use the endpoint.
	 */
	public static final class EndpointNotAllowed extends TeamRefusal {

		/**
		 * Refuses the endpoint to the team.
		 */
		public EndpointNotAllowed(String team, String endpoint) {
			super("the team %s may not use the endpoint %s; the gateway's operators can add it to the team's endpoints"
				.formatted(team, endpoint));
		}

	}

	/**
	 * A refusal that will end.
	 */
	public abstract static sealed class ForAWhile extends TeamRefusal {

		private final Duration retryAfter;

		private ForAWhile(String message, Duration retryAfter) {
			super(message);
			this.retryAfter = retryAfter;
		}

		/**
		 * Time until another try makes sense.
		 */
		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * The team asks more than it may.
	 */
	public static final class QuotaExceeded extends ForAWhile {

		public QuotaExceeded(long perMinute, Duration retryAfter) {
			super("the team may send " + perMinute + " requests a minute", retryAfter);
		}

	}

	/**
	 * Too many tokens came from the same address that are nobody's.
	 */
	public static final class TooManyFailures extends ForAWhile {

		public TooManyFailures(Duration retryAfter) {
			super("too many requests without a good token came from this address", retryAfter);
		}

	}

	/**
	 * The issuer's keys, which show whose token it is, are currently unavailable.
	 */
	public static final class KeysUnavailable extends ForAWhile {

		private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

		public KeysUnavailable() {
			super("the keys of the tokens' issuer are currently unavailable", RETRY_AFTER);
		}

	}

}
