package io.htgateway.download;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.htgateway.download.response.DownloadException;
import io.htgateway.time.DoublingDelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pause of all downloads that the object store asked for. After it one download finds out
 * whether the store answers again, and the pause doubles if it does not.
 */
final class StorePause {

	private static final Logger LOG = LoggerFactory.getLogger(StorePause.class);

	private static final DoublingDelay PAUSE = new DoublingDelay(Duration.ofSeconds(1), Duration.ofMinutes(5));

	/**
	 * How long the others wait for the one download.
	 */
	private static final Duration PROBE = Duration.ofSeconds(30);

	private final InstantSource clock;

	private Instant until = Instant.MIN;

	private int slowDowns;

	private boolean probing;

	StorePause(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Permits one download.
	 * @throws DownloadException.Paused if it must wait
	 */
	synchronized void admit() {
		Instant now = clock.instant();
		if (now.isBefore(until)) {
			throw new DownloadException.Paused(Duration.between(now, until));
		}
		if (now.isAfter(until.plus(PAUSE.max()))) {
			slowDowns = 0;
		}
		probing = slowDowns > 0;
		if (probing) {
			until = now.plus(PROBE);
		}
	}

	/**
	 * Begins or continues the pause.
	 * @param asked the time to wait that the store asked for, or zero
	 * @return the time left of the pause
	 */
	synchronized Duration begin(Duration asked) {
		Instant now = clock.instant();
		if (probing || !now.isBefore(until)) {
			slowDowns++;
			probing = false;
			until = now.plus(PAUSE.after(slowDowns));
			log();
		}
		if (now.plus(asked).isAfter(until)) {
			until = now.plus(asked);
		}
		return Duration.between(now, until);
	}

	/**
	 * Ends the pause, unless the store asked for it after this answer was requested.
	 */
	synchronized void end() {
		if (probing || !clock.instant().isBefore(until)) {
			slowDowns = 0;
			probing = false;
			until = Instant.MIN;
		}
	}

	private void log() {
		if (slowDowns == 1) {
			LOG.warn("Object store asked for a pause: making no calls for files, then one to find out whether it"
					+ " answers");
		}
	}

}
