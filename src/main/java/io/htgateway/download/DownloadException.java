package io.htgateway.download;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A download that brought no usable file. The variants are what a caller may have to tell
 * apart; none of them holds a link or a host.
 */
@SuppressWarnings("serial")
public abstract sealed class DownloadException extends RuntimeException {

	private DownloadException(String message, @Nullable Throwable cause) {
		super(message, cause, true, false);
	}

	/**
	 * The link leads to a place that files may not come from, or in circles.
	 */
	public static final class TargetRefused extends DownloadException {

		public TargetRefused(String reason) {
			super("the upstream gave " + reason, null);
		}

	}

	/**
	 * The object store refuses the link (403), as it does when it has expired.
	 */
	public static final class LinkExpired extends DownloadException {

		public LinkExpired() {
			super("the object store refused the link, which may have expired", null);
		}

	}

	/**
	 * The object store answered with a status that means failure or that nobody expects
	 * here.
	 */
	public static final class Failed extends DownloadException {

		private final int status;

		public Failed(int status) {
			super("the object store answered " + status, null);
			this.status = status;
		}

		public int status() {
			return status;
		}

	}

	/**
	 * The file is larger than allowed, or what it is packed in is broken.
	 */
	public static final class Malformed extends DownloadException {

		public Malformed(String reason) {
			super("the object store sent " + reason, null);
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
	 * Most of the latest downloads failed; nothing was asked for.
	 */
	public static final class BreakerOpen extends DownloadException {

		private final Duration retryAfter;

		public BreakerOpen(Duration retryAfter) {
			super("the object store fails at present", null);
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
	 * No connection was free; nothing was asked for.
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
