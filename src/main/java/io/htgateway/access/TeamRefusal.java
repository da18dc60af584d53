package io.htgateway.access;

import java.time.Duration;
import java.time.Instant;

/**
 * Refusal of a request because of its caller. No upstream call was made for it. The
 * message becomes the <code>detail</code> of the problem.
 */
@SuppressWarnings("serial")
public abstract sealed class TeamRefusal extends RuntimeException {

	private TeamRefusal(String message) {
		super(message, null, false, false);
	}

	/**
	 * The request has no valid token (401).
	 */
	public static final class Unauthenticated extends TeamRefusal {

		/**
		 * Refuses a request.
		 * @param presented whether the request has a token
		 */
		public Unauthenticated(boolean presented) {
			super(presented
					? "unknown, expired or revoked token; send a valid token as Authorization: Bearer <token> or"
							+ " X-API-Key: <token>"
					: "missing token; send a team's token as Authorization: Bearer <token> or X-API-Key: <token>");
		}

	}

	/**
	 * The token is that of a team, but has expired (401).
	 */
	public static final class TokenExpired extends TeamRefusal {

		/**
		 * Refuses a request.
		 * @param notAfter when the token expired
		 */
		public TokenExpired(Instant notAfter) {
			super("the token expired at %s; send the team's newer token, or get one from the gateway's operators"
				.formatted(notAfter));
		}

	}

	/**
	 * The caller's JWT is valid, but names no configured team (403).
	 */
	public static final class UnknownTeam extends TeamRefusal {

		public UnknownTeam() {
			super("the JWT is valid, but names no team of this gateway; the gateway's operators can add its subject to"
					+ " a team's subjects");
		}

	}

	/**
	 * The team may not use the endpoint (403).
	 */
	public static final class EndpointNotAllowed extends TeamRefusal {

		/**
		 * Refuses the endpoint to the team.
		 * @param allowed the endpoints that it may use
		 */
		public EndpointNotAllowed(String team, String endpoint, String allowed) {
			super("the team %s may not use the endpoint %s; it may use %s; the gateway's operators can add it to the team's endpoints"
				.formatted(team, endpoint, allowed));
		}

	}

	/**
	 * The team may not read a coin or cohort that the response contains (403).
	 */
	public static final class DataNotAllowed extends TeamRefusal {

		/**
		 * Refuses the data to the team.
		 * @param detail what was requested, and what the team may read
		 */
		public DataNotAllowed(String detail) {
			super(detail);
		}

	}

	/**
	 * A refusal that ends by itself.
	 */
	public abstract static sealed class Temporary extends TeamRefusal {

		private final Duration retryAfter;

		private Temporary(String message, Duration retryAfter) {
			super(message);
			this.retryAfter = retryAfter;
		}

		/**
		 * Returns the time after which the request may be sent again.
		 */
		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * The team has used up its request limit (429).
	 */
	public static final class QuotaExceeded extends Temporary {

		public QuotaExceeded(long perMinute, Duration retryAfter) {
			super("the team exceeded its limit of %d requests a minute; retry after the time in Retry-After"
				.formatted(perMinute), retryAfter);
		}

		private QuotaExceeded(String message, Duration retryAfter) {
			super(message, retryAfter);
		}

		/**
		 * Refuses a request of a team for its own usage.
		 */
		public static QuotaExceeded ofUsage(long perMinute, Duration retryAfter) {
			return new QuotaExceeded(
					"the team read its usage %d times in a minute, which is the most; retry after the time in Retry-After"
						.formatted(perMinute),
					retryAfter);
		}

	}

	/**
	 * The team has as many open streams as it may have (429).
	 */
	public static final class TooManyStreams extends Temporary {

		public TooManyStreams(int most, Duration retryAfter) {
			super("the team has its %d open streams; close one, or retry after the time in Retry-After".formatted(most),
					retryAfter);
		}

	}

	/**
	 * Too many invalid tokens came from one address (429).
	 */
	public static final class TooManyFailures extends Temporary {

		public TooManyFailures(Duration retryAfter) {
			super("too many requests without a valid token came from this address; retry with a valid token after"
					+ " the time in Retry-After", retryAfter);
		}

	}

	/**
	 * Too many JWTs are waiting for their verification (503).
	 */
	public static final class TooManyJwts extends Temporary {

		private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

		public TooManyJwts() {
			super("the token cannot be verified now, because too many others await verification; retry after the time"
					+ " in Retry-After", RETRY_AFTER);
		}

	}

	/**
	 * The keys of the JWT issuer are currently unavailable, so the token cannot be
	 * verified (503).
	 */
	public static final class KeysUnavailable extends Temporary {

		private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

		public KeysUnavailable() {
			super("the token cannot be verified, because the keys of its issuer are currently unavailable; retry"
					+ " after the time in Retry-After", RETRY_AFTER);
		}

	}

}
