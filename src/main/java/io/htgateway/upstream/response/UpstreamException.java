package io.htgateway.upstream.response;

import java.time.Duration;
import java.util.Optional;

import io.htgateway.http.ConnectionFailure;
import org.jspecify.annotations.Nullable;

/**
 * A call that brought no usable answer. The variants are what a caller may have to tell
 * apart; none of them holds the key, a link or a header.
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
	 * Notes the address that was called.
	 */
	public void calledAt(UpstreamAddress called) {
		address = called;
	}

	/**
	 * Returns the called host, unless no call was made.
	 */
	public @Nullable String host() {
		return (address != null) ? address.host() : null;
	}

	/**
	 * Returns the called port, or 0.
	 */
	public int port() {
		return (address != null) ? address.port() : 0;
	}

	/**
	 * Returns the sign that the base URL is wrong, if this is one.
	 */
	public @Nullable WrongSign sign() {
		return null;
	}

	/**
	 * Returns why it failed, for operators: in the gateway's own words.
	 */
	public String cause() {
		WrongSign sign = sign();
		return (sign != null) ? sign.words() : String.valueOf(getMessage());
	}

	/**
	 * Returns whether the request may have reached a server, so that it may cost a call.
	 */
	public boolean wasSent() {
		return wasCalled();
	}

	/**
	 * Whether a call went out.
	 */
	public boolean wasCalled() {
		return !(this instanceof UpstreamRefusal || this instanceof Busy);
	}

	/**
	 * The upstream found the request itself wrong (400, 404 or 422).
	 */
	public static final class Rejected extends UpstreamException {

		private final int status;

		private final String reason;

		public Rejected(int status, String reason) {
			super("the upstream answered " + status, null);
			this.status = status;
			this.reason = reason;
		}

		public int status() {
			return status;
		}

		/**
		 * What the upstream said of it, in one line.
		 */
		public String reason() {
			return reason;
		}

	}

	/**
	 * The upstream refused our key: for everything (401), or for this endpoint (403).
	 */
	public static final class CredentialsRefused extends UpstreamException {

		private static final int FORBIDDEN = 403;

		private final int status;

		public CredentialsRefused(int status) {
			super((status == FORBIDDEN) ? "the upstream refused this endpoint to the API key with 403"
					: "the upstream refused the API key with " + status, null);
			this.status = status;
		}

		/**
		 * Returns whether the key was refused for this endpoint only, judged by this
		 * answer.
		 */
		public boolean isOfEndpoint() {
			return status == FORBIDDEN;
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The upstream wants no calls for a while (429).
	 */
	public static final class RateLimited extends UpstreamException {

		private final Duration retryAfter;

		public RateLimited(Duration retryAfter) {
			super("the upstream is rate limiting for " + retryAfter, null);
			this.retryAfter = retryAfter;
		}

		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * The upstream answered with a status that means failure or that nobody expects here.
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
		 * How long the upstream asked to wait, if it did.
		 */
		public Optional<Duration> retryAfter() {
			return Optional.ofNullable(retryAfter);
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The upstream answered with something that is not what was asked for: truncated, too
	 * large, not JSON, of another shape, or a redirect.
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
		 * A malformed answer.
		 * @param status its status, unless it is not known
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
		 * Returns an answer with status 200 in JSON that lacks what the endpoint is
		 * about. Only a server that has not proved right yet is judged by it.
		 */
		public static Malformed ofShape(String reason) {
			return new Malformed("the upstream sent " + reason, reason, OK, WrongSigns.ofShape(reason));
		}

		/**
		 * Returns an answer of another server.
		 */
		static Malformed of(String reason, @Nullable Integer status, WrongSign sign) {
			return new Malformed(reason + "; the gateway's operators have to check its upstream", status, sign);
		}

		/**
		 * Returns a redirect that may not be followed, and does not look like one to a
		 * file.
		 */
		static Malformed ofLink(String reason, WrongSign sign) {
			return new Malformed("the upstream gave a link that may not be followed: " + reason, reason, null, sign);
		}

		@Override
		public @Nullable WrongSign sign() {
			return sign;
		}

		/**
		 * Returns a description of the answer that does not name its sender.
		 */
		public String reason() {
			return reason;
		}

		public @Nullable Integer status() {
			return status;
		}

	}

	/**
	 * The connection failed: refused, reset, closed early, not resolved, or not trusted.
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
			return (sign != null) ? sign.words() : failure.words();
		}

		@Override
		public boolean wasSent() {
			return !failure.kind().isBeforeRequest();
		}

	}

	/**
	 * No connection was free; no call was made.
	 */
	public static final class Busy extends UpstreamException {

		public Busy() {
			super("all connections to the upstream are in use", null);
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
			return (sign != null) ? sign.words() : failure.words();
		}

		@Override
		public boolean wasSent() {
			return !failure.kind().isBeforeRequest();
		}

	}

}
