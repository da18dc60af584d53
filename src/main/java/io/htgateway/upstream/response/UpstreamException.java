package io.htgateway.upstream.response;

import java.time.Duration;
import java.util.Optional;

import io.htgateway.http.ConnectionFailure;
import org.jspecify.annotations.Nullable;

/**
 * Failure of an upstream call. Each variant is a case that calling code may have to
 * distinguish. None of them contains the key, a link or a header.
 */
@SuppressWarnings("serial")
public abstract sealed class UpstreamException extends RuntimeException
		permits UpstreamException.Rejected, UpstreamException.CredentialsRefused, UpstreamException.RateLimited,
		UpstreamException.Failed, UpstreamException.Malformed, UpstreamException.Unreachable, UpstreamException.Busy,
		UpstreamException.TimedOut, UpstreamRefusal {

	private volatile @Nullable UpstreamAddress address;

	UpstreamException(String message, @Nullable Throwable cause) {
		super(message, cause, true, false);
	}

	/**
	 * Records the address that was called.
	 */
	public void calledAt(UpstreamAddress called) {
		address = called;
	}

	/**
	 * Returns the called host, or null if no call was made.
	 */
	public @Nullable String host() {
		return (address != null) ? address.host() : null;
	}

	/**
	 * Returns the called port, or 0 if no call was made.
	 */
	public int port() {
		return (address != null) ? address.port() : 0;
	}

	/**
	 * Returns the sign that the base URL is wrong, or null if this failure is not such a
	 * sign.
	 */
	public @Nullable WrongSign sign() {
		return null;
	}

	/**
	 * Returns the cause of the failure for operators, in the gateway's own words.
	 */
	public String cause() {
		WrongSign sign = sign();
		return (sign != null) ? sign.description() : String.valueOf(getMessage());
	}

	/**
	 * Returns whether the request may have reached a server and cost a call of the plan.
	 */
	public boolean wasSent() {
		return wasCalled();
	}

	/**
	 * Returns whether the gateway tried to call the upstream.
	 */
	public boolean wasCalled() {
		return !(this instanceof UpstreamRefusal || this instanceof Busy);
	}

	/**
	 * The upstream rejected the request as wrong (400, 404 or 422).
	 */
	public static final class Rejected extends UpstreamException {

		private final int status;

		private final String reason;

		public Rejected(int status, String reason) {
			super("the upstream rejected the request with " + status, null);
			this.status = status;
			this.reason = reason;
		}

		public int status() {
			return status;
		}

		/**
		 * Returns the upstream's message in one line, or an empty text.
		 */
		public String reason() {
			return reason;
		}

	}

	/**
	 * The upstream refused the API key: for all endpoints (401) or for this one (403).
	 */
	public static final class CredentialsRefused extends UpstreamException {

		private static final int FORBIDDEN = 403;

		private final int status;

		public CredentialsRefused(int status) {
			super((status == FORBIDDEN) ? "the upstream refused the API key for this endpoint with 403"
					: "the upstream refused the API key with " + status, null);
			this.status = status;
		}

		/**
		 * Returns whether the status refuses the key for this endpoint only.
		 */
		public boolean isOfEndpoint() {
			return status == FORBIDDEN;
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The upstream asked for a pause (429).
	 */
	public static final class RateLimited extends UpstreamException {

		private final Duration retryAfter;

		private final @Nullable Duration asked;

		public RateLimited(Duration retryAfter) {
			this(retryAfter, null);
		}

		/**
		 * Creates the failure for a 429.
		 * @param retryAfter length of the pause
		 * @param asked time that HyperTracker asked to wait, which can be longer, or null
		 * if another server may have answered
		 */
		public RateLimited(Duration retryAfter, @Nullable Duration asked) {
			super("the upstream answered 429 and asked for a pause of " + retryAfter.toSeconds() + " s", null);
			this.retryAfter = retryAfter;
			this.asked = asked;
		}

		/**
		 * Returns the time that HyperTracker asked to wait, without an upper limit. Empty
		 * if it named none, or if another server may have answered.
		 */
		public Optional<Duration> asked() {
			return Optional.ofNullable(asked);
		}

		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * The upstream answered with an error status, or with one that is unexpected here.
	 */
	public static final class Failed extends UpstreamException {

		private final int status;

		private final @Nullable Duration retryAfter;

		public Failed(int status) {
			this(status, null);
		}

		public Failed(int status, @Nullable Duration retryAfter) {
			super("the upstream answered " + status, null);
			this.status = status;
			this.retryAfter = retryAfter;
		}

		/**
		 * Returns the time that the upstream asked to wait, or an empty value.
		 */
		public Optional<Duration> retryAfter() {
			return Optional.ofNullable(retryAfter);
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The upstream sent an unusable response: incomplete, too large, not JSON, without
	 * the expected fields, or a redirect.
	 */
	public static final class Malformed extends UpstreamException {

		private static final int OK = 200;

		private final String reason;

		private final @Nullable Integer status;

		private final @Nullable WrongSign sign;

		public Malformed(String reason) {
			this(reason, OK);
		}

		/**
		 * Creates the failure for an unusable response.
		 * @param reason description of the response, which follows "the upstream sent"
		 * @param status its status, or null if it is unknown
		 */
		public Malformed(String reason, @Nullable Integer status) {
			this(reason, status, null);
		}

		private Malformed(String reason, @Nullable Integer status, @Nullable WrongSign sign) {
			this("the upstream sent " + reason, reason, status, sign);
		}

		private Malformed(String message, String reason, @Nullable Integer status, @Nullable WrongSign sign) {
			super(message, null);
			this.reason = reason;
			this.status = status;
			this.sign = sign;
		}

		/**
		 * Creates the failure for a JSON response with status 200 that lacks the expected
		 * data. It is only a sign of a wrong upstream if the upstream has not answered
		 * correctly before.
		 */
		public static Malformed ofShape(String reason) {
			return new Malformed(reason, OK, WrongSigns.ofShape(reason));
		}

		/**
		 * Creates the failure for a response that is a sign of a wrong upstream.
		 */
		static Malformed of(String reason, @Nullable Integer status, WrongSign sign) {
			return new Malformed(reason + "; the gateway's operators must check its upstream", status, sign);
		}

		/**
		 * Creates the failure for a redirect that may not be followed and does not look
		 * like a link to a file.
		 */
		static Malformed ofLink(String reason, WrongSign sign) {
			return new Malformed("the upstream gave a link that may not be followed: " + reason, reason, null, sign);
		}

		/**
		 * Returns the same failure, but not as a sign of a wrong upstream.
		 */
		Malformed withoutSign() {
			return new Malformed(String.valueOf(getMessage()), reason, status, null);
		}

		@Override
		public @Nullable WrongSign sign() {
			return sign;
		}

		/**
		 * Returns a description of the response without its sender.
		 */
		public String reason() {
			return reason;
		}

		public @Nullable Integer status() {
			return status;
		}

	}

	/**
	 * The connection failed: it was refused, reset or closed early, the host name did not
	 * resolve, or the certificate is not trusted.
	 */
	public static final class Unreachable extends UpstreamException {

		private final ConnectionFailure failure;

		private final @Nullable WrongSign sign;

		public Unreachable(Throwable cause) {
			super("the connection to the upstream failed", cause);
			this.failure = ConnectionFailure.of(cause);
			this.sign = WrongSigns.of(cause);
		}

		@Override
		public @Nullable WrongSign sign() {
			return sign;
		}

		@Override
		public String cause() {
			return (sign != null) ? sign.description() : failure.words();
		}

		@Override
		public boolean wasSent() {
			return !failure.kind().isBeforeRequest();
		}

	}

	/**
	 * No connection was free, so no call was made.
	 */
	public static final class Busy extends UpstreamException {

		public Busy() {
			super("all connections to the upstream are in use; retry after the time in Retry-After", null);
		}

	}

	/**
	 * The upstream took too long to connect or to answer.
	 */
	public static final class TimedOut extends UpstreamException {

		private final ConnectionFailure failure;

		private final @Nullable WrongSign sign;

		public TimedOut(Throwable cause) {
			super("the upstream did not answer in time", cause);
			this.failure = ConnectionFailure.of(cause);
			this.sign = WrongSigns.of(cause);
		}

		@Override
		public @Nullable WrongSign sign() {
			return sign;
		}

		@Override
		public String cause() {
			return (sign != null) ? sign.description() : failure.words();
		}

		@Override
		public boolean wasSent() {
			return !failure.kind().isBeforeRequest();
		}

	}

}
