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

/**
 * Notices that the base URL leads elsewhere than to HyperTracker's API, or nowhere, and
 * logs each such episode once. After some wrong answers in a row, which may cost a call
 * each, only a probe passes now and then: a wrong base URL must not spend the plan.
 */
final class WrongUpstream {

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

	private final WrongUpstreamLog log = new WrongUpstreamLog();

	private final Set<String> endpoints = new HashSet<>();

	private int certain;

	private @Nullable WrongSign sign;

	private Instant last = Instant.MIN;

	private int signs;

	private int answers;

	private boolean proven;

	private Duration interval = Duration.ZERO;

	private Instant nextProbe = Instant.MIN;

	WrongUpstream(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Admits one call of the given endpoint.
	 * @return whether it is a probe
	 * @throws UpstreamRefusal.WrongUpstream when it is closed and no probe is due
	 */
	synchronized boolean admit(String endpoint) {
		if (!isClosed() || !(concernsAll() || endpoints.contains(endpoint))) {
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
	 * Records a call of the given endpoint that failed with a sign.
	 */
	synchronized void failed(String endpoint, WrongSign found, UpstreamException failure) {
		// An odd answer to one request says nothing of a server that has proved right.
		boolean counts = found.certain() || !proven;
		last = clock.instant();
		log.failed(found, failure, counts, last);
		if (!counts) {
			return;
		}
		sign = found;
		signs++;
		if (found.answered()) {
			answers++;
			certain += found.certain() ? 1 : 0;
			endpoints.add(endpoint);
			close();
		}
	}

	// A single endpoint may have changed its answers.
	private boolean concernsAll() {
		return certain >= IN_A_ROW || endpoints.size() > 1;
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
		if (isClosed() || clock.instant().isAfter(last.plus(QUIET))) {
			log.right(last);
		}
		reset();
	}

	/**
	 * Forgets everything, because the key changed.
	 */
	synchronized void keyChanged() {
		proven = false;
		log.reset();
		reset();
	}

	private void reset() {
		sign = null;
		signs = 0;
		answers = 0;
		certain = 0;
		endpoints.clear();
		interval = Duration.ZERO;
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
