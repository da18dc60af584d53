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
 * Detector of a wrong upstream: the base URL leads to a server that is not HyperTracker's
 * API, or to no server. Logs each episode once. After three wrong responses in a row,
 * each of which may have cost a call, it admits only probes: a wrong base URL must not
 * use up the plan.
 */
final class WrongUpstream {

	/**
	 * Time without a sign after which a correct response ends the episode.
	 */
	private static final Duration QUIET = Duration.ofSeconds(30);

	private final InstantSource clock;

	private final WrongUpstreamLog log = new WrongUpstreamLog();

	private final Set<String> endpoints = new HashSet<>();

	private int certainSigns;

	private @Nullable WrongSign sign;

	private Instant lastSign = Instant.MIN;

	private int signs;

	private boolean proven;

	private final ProbeSchedule probes = new ProbeSchedule();

	private final SuspectEndpoints suspects = new SuspectEndpoints();

	WrongUpstream(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Admits one call to the given endpoint.
	 * @return the schedule that admitted it as a probe, or null if it is not a probe
	 * @throws UpstreamRefusal.WrongUpstream if the endpoint is closed and no probe is due
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
		return suspects.closed(endpoint);
	}

	/**
	 * Creates the refusal of a call until the next probe of the given schedule.
	 */
	synchronized UpstreamRefusal refusal(ProbeSchedule closed) {
		return new UpstreamRefusal.WrongUpstream(closed.left(clock.instant()));
	}

	/**
	 * Admits another probe of the given schedule at once, because this one was not sent.
	 */
	synchronized void unsent(ProbeSchedule closed) {
		closed.unsent(clock.instant());
	}

	/**
	 * Records a call to the given endpoint that failed with the given sign.
	 */
	synchronized void failed(String endpoint, WrongSign found, UpstreamException failure) {
		// An uncertain sign does not count for a server that has answered correctly
		// before.
		boolean counts = found.certain() || !proven;
		lastSign = clock.instant();
		log.failed(found, failure, counts, lastSign);
		boolean lasting = proven && found.answered() && suspects.failed(endpoint, found, lastSign);
		if (!counts) {
			if (lasting) {
				log.lasting(endpoint, found, failure);
			}
			return;
		}
		sign = found;
		signs++;
		if (found.answered()) {
			certainSigns += found.certain() ? 1 : 0;
			endpoints.add(endpoint);
			probes.failed(lastSign);
		}
	}

	// One endpoint alone may have changed its responses, so others stay open unless the
	// signs are certain.
	private boolean concernsAll() {
		return certainSigns >= ProbeSchedule.IN_A_ROW || endpoints.size() > 1;
	}

	/**
	 * Records a response of the given endpoint that only HyperTracker gives.
	 */
	synchronized void succeeded(String endpoint) {
		proven = true;
		boolean ends = suspects.succeeded(endpoint) || probes.isClosed();
		reset();
		logEnd(ends);
	}

	/**
	 * Records a usable response of the given endpoint that another server can also give.
	 */
	synchronized void usable(String endpoint) {
		boolean ends = suspects.succeeded(endpoint);
		if (ends && sign == null) {
			logEnd(true);
		}
	}

	// The episode continues while an endpoint is suspect.
	private void logEnd(boolean ends) {
		if (suspects.sign().isEmpty() && (ends || clock.instant().isAfter(lastSign.plus(QUIET)))) {
			log.ended(lastSign);
		}
	}

	/**
	 * Clears all state, because the key changed.
	 */
	synchronized void keyChanged() {
		proven = false;
		suspects.clear();
		log.reset();
		reset();
	}

	private void reset() {
		sign = null;
		signs = 0;
		certainSigns = 0;
		endpoints.clear();
		probes.reset();
	}

	/**
	 * Returns the latest sign, unless a correct response came after it.
	 */
	synchronized Optional<WrongSign> sign() {
		return Optional.ofNullable(sign);
	}

	/**
	 * Returns the latest sign of an endpoint with several wrong responses in a row. Other
	 * endpoints may work.
	 */
	synchronized Optional<WrongSign> suspectSign() {
		return suspects.sign();
	}

	/**
	 * Returns whether the signs are lasting: an endpoint is suspect, several signs came
	 * in a row, or there is a sign of an upstream that had not answered correctly before.
	 */
	synchronized boolean isLasting() {
		return suspects.sign().isPresent() || (sign != null && (!proven || signs >= ProbeSchedule.IN_A_ROW));
	}

}
