package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.WrongSign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log of wrong responses and outages: in each episode one WARN for each kind of sign, one
 * INFO for each further cause, and one INFO at the end. Not thread-safe.
 */
final class WrongUpstreamLog {

	private static final Logger LOG = LoggerFactory.getLogger(WrongUpstreamLog.class);

	private static final String SERVED = "; serving stored responses, other requests fail";

	private static final String PAGE = "(docs/runbook.md#wrong-upstream)";

	private final Set<Kind> kinds = new HashSet<>();

	private final Set<String> causes = new HashSet<>();

	private Instant since = Instant.MIN;

	private long failed;

	/**
	 * Logs the given sign, unless its cause has been logged in this episode.
	 * @param wrong whether the server may not be HyperTracker
	 */
	void failed(WrongSign sign, UpstreamException failure, boolean wrong, Instant now) {
		if (kinds.isEmpty()) {
			since = now;
		}
		failed++;
		Kind kind = Kind.of(sign, wrong);
		boolean first = kinds.add(kind);
		if (!causes.add(kind.name() + sign.name())) {
			return;
		}
		if (first) {
			LOG.warn("{}: host={} port={} cause=\"{}\". {} {}", kind.event, failure.host(), failure.port(),
					sign.description(), kind.action, PAGE);
		}
		else {
			LOG.info("{} (another cause): host={} port={} cause=\"{}\"", kind.event, failure.host(), failure.port(),
					sign.description());
		}
	}

	/**
	 * Logs that the given endpoint has become suspect, unless that has been logged in
	 * this episode.
	 */
	void lasting(String endpoint, WrongSign sign, UpstreamException failure) {
		if (causes.add("lasting " + endpoint + sign.name())) {
			LOG.warn(
					"The upstream (gateway.upstream.base-url) keeps answering an endpoint in a form that HyperTracker"
							+ " does not use{}: endpoint={} host={} port={} cause=\"{}\". {} {}",
					SERVED, endpoint, failure.host(), failure.port(), sign.description(), Kind.ODD_ANSWER.action, PAGE);
		}
	}

	/**
	 * Logs the end of the episode, if one has begun.
	 * @param last time of its last sign
	 */
	void ended(Instant last) {
		if (!kinds.isEmpty()) {
			LOG.info("Upstream answers as HyperTracker does: failed={} seconds={}", failed,
					Duration.between(since, last).toSeconds());
			reset();
		}
	}

	/**
	 * Clears the episode.
	 */
	void reset() {
		kinds.clear();
		causes.clear();
		failed = 0;
	}

	/**
	 * Kinds of signs. Each has its own first check for operators.
	 */
	private enum Kind {

		OUTAGE("Cannot connect to the upstream (gateway.upstream.base-url)" + SERVED,
				"Check that HyperTracker is up, then DNS, egress and the URL"),

		OTHER_SERVER("The server at gateway.upstream.base-url does not answer as HyperTracker does" + SERVED,
				"Check the URL, then any proxy or firewall on the way"),

		ODD_ANSWER(
				"The upstream answered a request in a form that HyperTracker does not use; serving a stored response"
						+ " or failing the request, other calls continue",
				"Check firewalls and proxies on the way, then whether HyperTracker has changed its answers");

		private final String event;

		private final String action;

		Kind(String event, String action) {
			this.event = event;
			this.action = action;
		}

		private static Kind of(WrongSign sign, boolean wrong) {
			if (!wrong || sign.isBlocked()) {
				return ODD_ANSWER;
			}
			return sign.isOutage() ? OUTAGE : OTHER_SERVER;
		}

	}

}
