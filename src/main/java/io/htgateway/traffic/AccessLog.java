package io.htgateway.traffic;

import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Access log with one line for each request. A thread of its own writes the lines, so
 * that no request waits for the log. Lines are dropped and counted if they come faster
 * than they can be written, and if writing them fails.
 */
public final class AccessLog implements AutoCloseable {

	private static final Logger OWN_LOG = LoggerFactory.getLogger(AccessLog.class);

	private static final Logger LOG = LoggerFactory.getLogger("io.htgateway.access");

	private static final int MAX_PENDING = 100_000;

	private static final int INTERVAL_MILLIS = 50;

	private final Queue<AccessLine> lines = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	private final Counter dropped;

	private final @Nullable Set<Outcome> outcomes;

	private final boolean structured;

	private final @Nullable ScheduledExecutorService thread;

	/**
	 * Creates a log that is on or off.
	 * @param outcomes outcomes of the requests that are logged, or null to log all
	 * requests
	 * @param structured whether a line is logged as fields instead of as text
	 * @param dropped counts the dropped lines
	 */
	AccessLog(boolean enabled, @Nullable Set<Outcome> outcomes, boolean structured, Counter dropped) {
		this.outcomes = (outcomes != null) ? EnumSet.copyOf(outcomes) : null;
		this.structured = structured;
		this.dropped = dropped;
		this.thread = enabled ? start() : null;
	}

	private ScheduledExecutorService start() {
		ScheduledExecutorService executor = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("access-log").factory());
		var _ = executor.scheduleWithFixedDelay(this::flush, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		return executor;
	}

	/**
	 * Returns whether lines are written at all.
	 */
	public boolean isOn() {
		return thread != null && LOG.isInfoEnabled();
	}

	/**
	 * Returns whether requests with the given outcome are logged, so that callers need
	 * not create the line of one that is not.
	 * @param outcome the outcome, or null for a request without one
	 */
	public boolean writes(@Nullable Outcome outcome) {
		return isOn() && (outcomes == null || (outcome != null && outcomes.contains(outcome)));
	}

	/**
	 * Queues the given line, if requests with its outcome are logged.
	 */
	public void write(AccessLine line) {
		if (!writes(line.outcome())) {
			return;
		}
		if (pending.get() >= MAX_PENDING) {
			dropped.increment();
			return;
		}
		pending.incrementAndGet();
		lines.add(line);
	}

	/**
	 * Writes the pending lines. Returns when they are written.
	 */
	public synchronized void flush() {
		for (AccessLine line = lines.poll(); line != null; line = lines.poll()) {
			pending.decrementAndGet();
			tryLog(line);
		}
	}

	// A failed line must not end the log: an exception would end the schedule.
	private void tryLog(AccessLine line) {
		try {
			log(line);
		}
		catch (RuntimeException failure) {
			dropped.increment();
		}
		catch (Error failure) {
			dropped.increment();
			report(failure);
		}
	}

	// The error is logged with its stack trace, so that code that ends the process on an
	// error finds it in the log.
	private static void report(Error failure) {
		try {
			OWN_LOG.error("Access log line dropped", failure);
		}
		catch (RuntimeException | Error again) {
			// The failure cannot be reported anywhere else.
		}
	}

	private void log(AccessLine line) {
		if (structured) {
			LoggingEventBuilder event = LOG.atInfo();
			line.fields((name, value) -> {
				LoggingEventBuilder _ = event.addKeyValue(name, value);
			});
			event.log("request");
		}
		else {
			LOG.info(line.text());
		}
	}

	@Override
	public void close() {
		if (thread != null) {
			thread.close();
			flush();
		}
	}

}
