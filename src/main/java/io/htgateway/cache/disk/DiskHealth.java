package io.htgateway.cache.disk;

import java.io.IOException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the directory can be read and written. Logs once when either fails, and once
 * when it works again.
 */
final class DiskHealth {

	private static final Logger LOG = LoggerFactory.getLogger(DiskHealth.class);

	/**
	 * Time after a failed read in which no read is permitted.
	 */
	private static final long PAUSE = Duration.ofSeconds(1).toNanos();

	private final CacheDirectory directory;

	private boolean readable = true;

	private boolean writable = true;

	private long lastFailedRead;

	DiskHealth(CacheDirectory directory) {
		this.directory = directory;
	}

	/**
	 * Returns whether both reading and writing work, as far as is known.
	 */
	synchronized boolean isAvailable() {
		return readable && writable;
	}

	/**
	 * Returns whether a read is permitted: while reads fail or take too long, only one a
	 * second is, so that not every caller waits.
	 */
	synchronized boolean mayRead() {
		return readable || System.nanoTime() - lastFailedRead > PAUSE;
	}

	synchronized void readFailed(String reason) {
		lastFailedRead = System.nanoTime();
		if (readable) {
			readable = false;
			LOG.warn("Cache directory cannot be read; continuing without its responses: directory={} reason={}",
					directory, reason);
		}
	}

	synchronized void read() {
		if (!readable) {
			readable = true;
			LOG.info("Cache directory can be read again: directory={}", directory);
		}
	}

	void writeFailed(IOException failure) {
		writeFailed(failure.toString());
	}

	synchronized void writeFailed(String reason) {
		if (writable) {
			writable = false;
			LOG.warn("Cache directory cannot be written; a restart would lose new responses: directory={} reason={}",
					directory, reason);
		}
	}

	synchronized void written() {
		if (!writable) {
			writable = true;
			LOG.info("Cache directory can be written again: directory={}", directory);
		}
	}

}
