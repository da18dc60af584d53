package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.htgateway.upstream.response.WrongSign;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the base URL leads elsewhere than to HyperTracker's API, or nowhere, and
 * logs each such episode once. After some wrong answers in a row, which may cost a call
 * each, only a probe passes now and then: a wrong base URL must not spend the plan.
 */
final class WrongUpstream {

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

	private boolean proven;

	private final ProbeSchedule probes = new ProbeSchedule();

	private final SuspectEndpoints odd = new SuspectEndpoints();

	WrongUpstream(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Admits one call of the given endpoint.
	 * @return the schedule whose probe it is, or null if it is none
	 * @throws UpstreamRefusal.WrongUpstream when the endpoint is closed and no probe is
	 * due
	 */
	synchronized @Nullable ProbeSchedule admit(String endpoint) {
		ProbeSchedule closed = closed(endpoint);
		if (closed != null && !closed.admit(clock.instant())) {
			throw refusal(closed);
		}
		return closed;
	}

	private @Nullable ProbeSchedule closed(String endpoint) {
		if (probes.isClosed() && (concernsAll() || endpoints.contains(endpoint))) {
			return probes;
		}
		return odd.closed(endpoint);
	}

	synchronized UpstreamRefusal refusal(ProbeSchedule closed) {
		return new UpstreamRefusal.WrongUpstream(closed.left(clock.instant()));
	}

	/**
	 * Allows the next probe of the given schedule, because this one was not sent.
	 */
	synchronized void unsent(ProbeSchedule closed) {
		closed.unsent(clock.instant());
	}

	/**
	 * Records a call of the given endpoint that failed with a sign.
	 */
	synchronized void failed(String endpoint, WrongSign found, UpstreamException failure) {
		// An odd answer to one request says nothing of a server that has proved right.
		boolean counts = found.certain() || !proven;
		last = clock.instant();
		log.failed(found, failure, counts, last);
		boolean lasting = proven && found.answered() && odd.failed(endpoint, found, last);
		if (!counts) {
			if (lasting) {
				log.lasting(endpoint, found, failure);
			}
			return;
		}
		sign = found;
		signs++;
		if (found.answered()) {
			certain += found.certain() ? 1 : 0;
			endpoints.add(endpoint);
			probes.failed(last);
		}
	}

	// A single endpoint may have changed its answers.
	private boolean concernsAll() {
		return certain >= ProbeSchedule.IN_A_ROW || endpoints.size() > 1;
	}

	/**
	 * Records an answer of the given endpoint that only HyperTracker gives.
	 */
	synchronized void right(String endpoint) {
		proven = true;
		boolean ends = odd.right(endpoint) || probes.isClosed();
		reset();
		logEnd(ends);
	}

	/**
	 * Records an answer of the given endpoint that is usable, but that another server can
	 * give, too.
	 */
	synchronized void usable(String endpoint) {
		boolean ends = odd.right(endpoint);
		if (ends && sign == null) {
			logEnd(true);
		}
	}

	// The episode goes on while an endpoint is answered oddly.
	private void logEnd(boolean ends) {
		if (odd.sign().isEmpty() && (ends || clock.instant().isAfter(last.plus(QUIET)))) {
			log.right(last);
		}
	}

	/**
	 * Forgets everything, because the key changed.
	 */
	synchronized void keyChanged() {
		proven = false;
		odd.clear();
		log.reset();
		reset();
	}

	private void reset() {
		sign = null;
		signs = 0;
		certain = 0;
		endpoints.clear();
		probes.reset();
	}

	/**
	 * Returns the latest sign, unless a right answer came after it.
	 */
	synchronized Optional<WrongSign> sign() {
		return Optional.ofNullable(sign);
	}

	/**
	 * Returns the latest sign of an endpoint that was answered so several times in a row,
	 * while others may be answered rightly.
	 */
	synchronized Optional<WrongSign> oddSign() {
		return odd.sign();
	}

	/**
	 * Returns whether the upstream has not proved right before the signs, or there were
	 * several in a row, of all endpoints or of one.
	 */
	synchronized boolean isLasting() {
		return odd.sign().isPresent() || (sign != null && (!proven || signs >= ProbeSchedule.IN_A_ROW));
	}

}
