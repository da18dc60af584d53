package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamRefusal;
import io.htgateway.upstream.answer.WrongSign;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the base URL leads elsewhere than to HyperTracker's API, or nowhere, and
 * logs each such episode once. After some wrong answers in a row, which may cost a call
 * each, only a probe passes now and then: a wrong base URL must not spend the plan.
 */
final class WrongUpstream {

	private static final Logger LOG = LoggerFactory.getLogger(WrongUpstream.class);

	/**
	 * Fewer may come from a server in front of the API for a moment.
	 */
	private static final int IN_A_ROW = 3;

	private static final Duration FIRST_INTERVAL = Duration.ofMinutes(1);

	private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(15);

	/**
	 * Time without a sign after which a right answer ends the episode.
	 */
	private static final Duration QUIET = Duration.ofSeconds(30);

	private final InstantSource clock;

	private final Set<String> logged = new HashSet<>();

	private @Nullable WrongSign sign;

	private Instant since = Instant.MIN;

	private Instant last = Instant.MIN;

	private long failed;

	private int signs;

	private int answers;

	private boolean proven;

	private Duration interval = Duration.ZERO;

	private Instant nextProbe = Instant.MIN;

	WrongUpstream(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Admits one call.
	 * @return whether it is a probe
	 * @throws UpstreamRefusal.WrongUpstream when it is closed and no probe is due
	 */
	synchronized boolean admit() {
		if (!isClosed()) {
			return false;
		}
		Instant now = clock.instant();
		if (now.isBefore(nextProbe)) {
			throw refusal();
		}
		Duration doubled = interval.multipliedBy(2);
		interval = (doubled.compareTo(LONGEST_INTERVAL) < 0) ? doubled : LONGEST_INTERVAL;
		nextProbe = now.plus(interval);
		return true;
	}

	synchronized UpstreamRefusal refusal() {
		Instant now = clock.instant();
		return new UpstreamRefusal.WrongUpstream(
				now.isBefore(nextProbe) ? Duration.between(now, nextProbe) : FIRST_INTERVAL);
	}

	/**
	 * Allows the next probe, because this one was not sent.
	 */
	synchronized void unsent() {
		nextProbe = clock.instant();
	}

	/**
	 * Records a call that failed with a sign.
	 */
	synchronized void failed(WrongSign found, UpstreamException failure) {
		// An odd answer to one request says nothing of a server that has proved right.
		boolean counts = found.certain() || !proven;
		log(found, failure, counts);
		last = clock.instant();
		failed++;
		if (!counts) {
			return;
		}
		sign = found;
		signs++;
		if (found.answered()) {
			answers++;
			close();
		}
	}

	private void log(WrongSign found, UpstreamException failure, boolean wrong) {
		boolean first = logged.isEmpty();
		if (first) {
			since = clock.instant();
		}
		if (!logged.add(found.name())) {
			return;
		}
		if (first && !wrong) {
			LOG.warn(
					"Upstream does not answer as it did before, so loads fail and stored responses are answered: host={}"
							+ " port={} cause=\"{}\"",
					failure.host(), failure.port(), found.words());
		}
		else if (first) {
			LOG.warn("gateway.upstream.base-url does not lead to HyperTracker, so loads fail and stored responses are"
					+ " answered: host={} port={} cause=\"{}\"", failure.host(), failure.port(), found.words());
		}
		else {
			LOG.info("gateway.upstream.base-url does not lead to HyperTracker for another cause: host={} port={}"
					+ " cause=\"{}\"", failure.host(), failure.port(), found.words());
		}
	}

	private void close() {
		if (answers >= IN_A_ROW && !isClosed()) {
			interval = FIRST_INTERVAL;
			nextProbe = clock.instant().plus(interval);
		}
	}

	/**
	 * Records an answer that only HyperTracker gives.
	 */
	synchronized void right() {
		proven = true;
		boolean closed = isClosed();
		signs = 0;
		answers = 0;
		interval = Duration.ZERO;
		if (!logged.isEmpty() && (closed || clock.instant().isAfter(last.plus(QUIET)))) {
			LOG.info("Upstream answers as HyperTracker does: failed={} seconds={}", failed,
					Duration.between(since, last).toSeconds());
			logged.clear();
			failed = 0;
		}
		sign = null;
	}

	/**
	 * Forgets everything, because the key changed.
	 */
	synchronized void keyChanged() {
		sign = null;
		signs = 0;
		answers = 0;
		proven = false;
		interval = Duration.ZERO;
		logged.clear();
		failed = 0;
	}

	/**
	 * Returns the latest sign, unless a right answer came after it.
	 */
	synchronized Optional<WrongSign> sign() {
		return Optional.ofNullable(sign);
	}

	/**
	 * Returns whether the upstream has not proved right before the signs, or there were
	 * several in a row.
	 */
	synchronized boolean isLasting() {
		return sign != null && (!proven || signs >= IN_A_ROW);
	}

	private boolean isClosed() {
		return !interval.isZero();
	}

}
