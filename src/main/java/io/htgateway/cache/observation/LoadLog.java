package io.htgateway.cache.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.htgateway.cache.store.CacheKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each episode of failing loads: one WARN for each endpoint, host and cause, and one
 * INFO once a load succeeds and none has failed for half a minute.
 */
public final class LoadLog {

	private static final Logger LOG = LoggerFactory.getLogger(LoadLog.class);

	private static final Duration QUIET = Duration.ofSeconds(30);

	/**
	 * Maximum number of different faults that are logged in one episode.
	 */
	private static final int MAX_KNOWN = 20;

	private final Set<String> known = new HashSet<>();

	private final LoadFaults faults = new LoadFaults();

	private final LoadFault.Reader reader;

	private @Nullable Instant since;

	private Instant last = Instant.MIN;

	private long failed;

	public LoadLog(LoadFault.Reader reader) {
		this.reader = reader;
	}

	/**
	 * Returns the latest failure of each endpoint.
	 */
	public LoadFaults faults() {
		return faults;
	}

	public synchronized void failed(CacheKey key, LoadFailure kind, Throwable failure, Instant now) {
		LoadFault fault = reader.read(failure);
		faults.failed(key, kind, fault, now);
		boolean first = kind == LoadFailure.FAILED && known.size() < MAX_KNOWN
				&& known.add(key.subject().endpoint() + " " + fault);
		if (first) {
			LOG.warn("Loads fail; stored responses are served where possible, and the gateway retries: endpoint={} {}",
					key.subject().endpoint(), fault);
			since = (since != null) ? since : now;
		}
		else {
			LOG.debug("Load failed: endpoint={} {}", key.subject().endpoint(), fault);
		}
		if (since == null || kind == LoadFailure.REJECTED) {
			return;
		}
		last = now;
		failed += (kind == LoadFailure.FAILED || kind == LoadFailure.REPORTED) ? 1 : 0;
	}

	public synchronized void succeeded(Instant now) {
		if (since != null && now.isAfter(last.plus(QUIET))) {
			LOG.info("Loads succeed again: failed={} seconds={}", failed, Duration.between(since, last).toSeconds());
			since = null;
			failed = 0;
			known.clear();
		}
	}

}
