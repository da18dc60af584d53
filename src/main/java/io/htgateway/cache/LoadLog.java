package io.htgateway.cache;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells in one line that loads have begun to fail, and in one that they succeed again:
 * once one does, and none has failed for half a minute.
 */
final class LoadLog {

	private static final Logger LOG = LoggerFactory.getLogger(LoadLog.class);

	private static final Duration QUIET = Duration.ofSeconds(30);

	private @Nullable Instant since;

	private Instant last = Instant.MIN;

	private long failed;

	synchronized void failed(CacheKey key, LoadFailure kind, Throwable failure, Instant now) {
		boolean first = kind == LoadFailure.FAILED && since == null;
		LOG.atLevel(first ? Level.WARN : Level.DEBUG)
			.log(first ? "Loads fail: key={} failure={} cause={}" : "Load failed: key={} failure={} cause={}", key,
					failure.getMessage(), cause(failure));
		if (first) {
			since = now;
		}
		if (since == null || kind == LoadFailure.NOT_FOUND || kind == LoadFailure.REJECTED) {
			return;
		}
		last = now;
		failed += (kind == LoadFailure.FAILED) ? 1 : 0;
	}

	synchronized void succeeded(Instant now) {
		if (since != null && now.isAfter(last.plus(QUIET))) {
			LOG.info("Loads succeed again: failed={} seconds={}", failed, Duration.between(since, last).toSeconds());
			since = null;
			failed = 0;
		}
	}

	// Its class alone: what it says may be what was received.
	private static String cause(Throwable failure) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return cause.getClass().getSimpleName();
	}

}
