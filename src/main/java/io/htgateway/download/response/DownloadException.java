package io.htgateway.download.response;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A download that brought no usable file. The variants are what a caller may have to tell
 * apart; none of them holds a link.
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
	 * Notes the server of the given link, unless one is noted.
	 */
	public void at(URI link) {
		if (host == null && link.getHost() != null) {
			int standard = "http".equalsIgnoreCase(link.getScheme()) ? HTTP_PORT : HTTPS_PORT;
			port = (link.getPort() >= 0) ? link.getPort() : standard;
			host = link.getHost();
		}
	}

	/**
	 * Returns the server that failed, or to which no request was sent, if it is known.
	 */
	public @Nullable String host() {
		return host;
	}

	/**
	 * Returns its port, or 0.
	 */
	public int port() {
		return port;
	}

	/**
	 * Returns why it failed, for operators: in the gateway's own words.
	 */
	public String cause() {
		return (getCause() instanceof MaskedFailure masked) ? masked.words() : String.valueOf(getMessage());
	}

	private static String answer(int status, @Nullable String code) {
		return (code != null) ? status + " (" + code + ")" : Integer.toString(status);
	}

	/**
	 * The link leads to a place that files may not come from, or in circles.
	 */
	public static final class TargetRefused extends DownloadException {

		private final String reason;

		public TargetRefused(String reason) {
			this("the upstream", reason);
		}

		private TargetRefused(String giver, String reason) {
			super(giver + " gave " + reason, null);
			this.reason = reason;
		}

		/**
		 * Returns a description of the link that does not name its giver.
		 */
		public String reason() {
			return reason;
		}

		public static TargetRefused redirect(String reason) {
			return new TargetRefused("the object store", reason);
		}

	}

	/**
	 * The object store says that the link, or the token in it, has expired (400 or 403).
	 */
	public static final class LinkExpired extends DownloadException {

		private final int status;

		public LinkExpired(int status) {
			super("the object store says that the link has expired", null);
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
		 * A missing file.
		 * @param code the store's code, if it is a known one
		 */
		public NotFound(int status, @Nullable String code) {
			super("the object store has no such file: it answered " + answer(status, code), null);
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
	 * The object store answered with a status that means failure or that nobody expects
	 * here.
	 */
	public static final class Failed extends DownloadException {

		private final int status;

		/**
		 * A failure.
		 * @param code the store's code, if it is a known one
		 */
		public Failed(int status, @Nullable String code) {
			super("the object store answered " + answer(status, code), null);
			this.status = status;
		}

		public int status() {
			return status;
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
		 * A malformed file.
		 * @param status its status, unless it is not known
		 */
		public Malformed(String reason, @Nullable Integer status) {
			super("the object store sent " + reason, null);
			this.reason = reason;
			this.status = status;
		}

		/**
		 * Returns a description of the file that does not name its sender.
		 */
		public String reason() {
			return reason;
		}

		public @Nullable Integer status() {
			return status;
		}

	}

	/**
	 * The connection failed: refused, reset, closed early, not resolved, not a public
	 * address, or not trusted.
	 */
	public static final class Unreachable extends DownloadException {

		public Unreachable(Throwable cause) {
			super("the connection to the object store failed", cause);
		}

	}

	/**
	 * Most of the latest downloads failed; the object store was not called.
	 */
	public static final class BreakerOpen extends DownloadException {

		private final Duration retryAfter;

		/**
		 * A refused download, for whose link no call was made.
		 */
		public BreakerOpen(Duration retryAfter) {
			super("the object store is currently failing", null);
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
	 * No connection to the object store was free. The upstream was called for the link
	 * before.
	 */
	public static final class Busy extends DownloadException {

		public Busy() {
			super("all connections to the object store are in use", null);
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
