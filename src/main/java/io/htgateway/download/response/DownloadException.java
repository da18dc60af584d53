package io.htgateway.download.response;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a download. Each variant is a case that calling code may have to
 * distinguish. None of them contains a link.
 */
@SuppressWarnings("serial")
public abstract sealed class DownloadException extends RuntimeException {

	private static final int HTTPS_PORT = 443;

	private static final int HTTP_PORT = 80;

	private volatile @Nullable String host;

	private volatile int port;

	private DownloadException(String message, @Nullable Throwable cause) {
		super(message, cause, true, false);
	}

	/**
	 * Records the server of the given link, unless one is recorded.
	 */
	public void targetedAt(URI link) {
		if (host == null && link.getHost() != null) {
			int standard = "http".equalsIgnoreCase(link.getScheme()) ? HTTP_PORT : HTTPS_PORT;
			port = (link.getPort() >= 0) ? link.getPort() : standard;
			host = link.getHost();
		}
	}

	/**
	 * Returns the host of the link that failed or was not followed, or null if it is
	 * unknown.
	 */
	public @Nullable String host() {
		return host;
	}

	/**
	 * Returns the port of that link, or 0 if it is unknown.
	 */
	public int port() {
		return port;
	}

	/**
	 * Returns the cause of the failure for operators, in the gateway's own words.
	 */
	public String cause() {
		return (getCause() instanceof MaskedFailure masked) ? masked.description() : String.valueOf(getMessage());
	}

	private static String statusAndCode(int status, @Nullable String code) {
		return (code != null) ? status + " (" + code + ")" : Integer.toString(status);
	}

	/**
	 * The link, or a redirect from it, may not be followed, or there are too many
	 * redirects.
	 */
	public static final class TargetRefused extends DownloadException {

		private final String reason;

		public TargetRefused(String reason) {
			this("the upstream", reason);
		}

		private TargetRefused(String source, String reason) {
			super(source + " gave " + reason, null);
			this.reason = reason;
		}

		/**
		 * Returns a description of the link without its source.
		 */
		public String reason() {
			return reason;
		}

		/**
		 * Creates the refusal of a redirect by the object store.
		 */
		public static TargetRefused redirect(String reason) {
			return new TargetRefused("the object store", reason);
		}

	}

	/**
	 * The object store answered that the link, or the token in it, has expired (400 or
	 * 403).
	 */
	public static final class LinkExpired extends DownloadException {

		private final int status;

		public LinkExpired(int status) {
			super("the object store refused the link to the file as expired; try again", null);
			this.status = status;
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The object store has no such file: 404, or 403 if the signer may not list the
	 * bucket.
	 */
	public static final class NotFound extends DownloadException {

		private final int status;

		private final String code;

		/**
		 * Creates the failure for a missing file.
		 * @param code the object store's error code if the gateway knows it, or null
		 */
		public NotFound(int status, @Nullable String code) {
			super("the object store has no such file: it answered " + statusAndCode(status, code), null);
			this.status = status;
			this.code = (code != null) ? code : "";
		}

		/**
		 * Returns the store's code, or an empty text.
		 */
		public String code() {
			return code;
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The object store answered with an error status, or with one that is unexpected
	 * here.
	 */
	public static final class Failed extends DownloadException {

		private final int status;

		/**
		 * Creates the failure for an error response.
		 * @param code the object store's error code if the gateway knows it, or null
		 */
		public Failed(int status, @Nullable String code) {
			super("the object store answered " + statusAndCode(status, code), null);
			this.status = status;
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The object store asked for fewer requests: it answered <code>SlowDown</code>, or
	 * 429 or 503 with <code>Retry-After</code>.
	 */
	public static final class SlowDown extends DownloadException {

		private final int status;

		private final @Nullable String code;

		private final Duration retryAfter;

		/**
		 * Creates the failure for such a response.
		 * @param code the object store's error code if the gateway knows it, or null
		 * @param retryAfter the time to wait that it asked for, or zero
		 */
		public SlowDown(int status, @Nullable String code, Duration retryAfter) {
			super("the object store asked for a pause: it answered " + statusAndCode(status, code), null);
			this.status = status;
			this.code = code;
			this.retryAfter = retryAfter;
		}

		/**
		 * Returns this failure with the time for which nothing is downloaded.
		 */
		public SlowDown pausedFor(Duration pause) {
			return new SlowDown(status, code, pause);
		}

		public int status() {
			return status;
		}

		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * The object store asked for fewer requests a moment ago; neither it nor the upstream
	 * was called.
	 */
	public static final class Paused extends DownloadException {

		private final Duration retryAfter;

		public Paused(Duration retryAfter) {
			super("no call was made because the object store asked for a pause; retry after the time in Retry-After",
					null);
			this.retryAfter = retryAfter;
		}

		/**
		 * Returns the time to wait before another attempt.
		 */
		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * The file is larger than allowed, broken, or not the requested one.
	 */
	public static final class Malformed extends DownloadException {

		private static final int OK = 200;

		private final String reason;

		private final @Nullable Integer status;

		public Malformed(String reason) {
			this(reason, OK);
		}

		/**
		 * Creates the failure for an unusable file.
		 * @param status status of its response, or null if it is unknown
		 */
		public Malformed(String reason, @Nullable Integer status) {
			super("the object store sent " + reason, null);
			this.reason = reason;
			this.status = status;
		}

		/**
		 * Returns a description of the file without its sender.
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
	 * resolve, or the address is not public, or the certificate is not trusted.
	 */
	public static final class Unreachable extends DownloadException {

		public Unreachable(Throwable cause) {
			super("the connection to the object store failed", cause);
		}

	}

	/**
	 * Most of the latest downloads failed or were slow; the object store was not called.
	 */
	public static final class BreakerOpen extends DownloadException {

		private final Duration retryAfter;

		/**
		 * Creates the refusal of a download. No upstream call was made for its link.
		 */
		public BreakerOpen(Duration retryAfter) {
			super("no call was made because most of the latest downloads of files failed or were slow;"
					+ " retry after the time in Retry-After", null);
			this.retryAfter = retryAfter;
		}

		/**
		 * Returns the time to wait before another attempt.
		 */
		public Duration retryAfter() {
			return retryAfter;
		}

	}

	/**
	 * No connection to the object store was free. The upstream had been called for the
	 * link.
	 */
	public static final class Busy extends DownloadException {

		public Busy() {
			super("all connections to the object store are in use; retry after the time in Retry-After", null);
		}

	}

	/**
	 * The object store took too long to connect or to answer.
	 */
	public static final class TimedOut extends DownloadException {

		public TimedOut(Throwable cause) {
			super("the object store did not answer in time", cause);
		}

	}

}
