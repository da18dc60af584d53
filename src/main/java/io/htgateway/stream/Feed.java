package io.htgateway.stream;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens streams of fills, and counts them.
 */
public final class Feed {

	private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

	private final FillLog log;

	private final FillPoller poller;

	private final AtomicInteger listeners;

	private final AtomicLong gaps = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong sent = new AtomicLong();

	private final InstantSource clock;

	private final InstantSource dates;

	/**
	 * Creates a feed.
	 * @param listeners number of open streams, which the poller reads
	 * @param clock clock that measures ages
	 * @param dates clock of dates
	 */
	Feed(FillLog log, FillPoller poller, AtomicInteger listeners, InstantSource clock, InstantSource dates) {
		this.log = log;
		this.poller = poller;
		this.listeners = listeners;
		this.clock = clock;
		this.dates = dates;
	}

	/**
	 * Opens a stream, which must be closed.
	 * @param last the last fill that the client knows, or null for fills from now on
	 */
	public Listener open(ListenerFilter filter, @Nullable FillId last) {
		synchronized (listeners) {
			if (listeners.getAndIncrement() == 0) {
				poller.wake(last);
			}
		}
		return (last != null) ? resume(filter, last) : start(filter);
	}

	private Listener start(ListenerFilter filter) {
		FillLog.Tail tail = log.tail();
		FillId now = new FillId(dates.instant().minus(poller.pace().interval()).toEpochMilli(), 0);
		return listener(filter.after(now), tail.position(), tail.id(), null);
	}

	private Listener resume(ListenerFilter filter, FillId last) {
		Long known = log.after(last);
		if (known != null) {
			return listener(filter, known, last, null);
		}
		long position = log.start();
		FillId floor = log.floor();
		if (last.compareTo(floor) >= 0) {
			return listener(filter.after(last), position, last, null);
		}
		gaps.incrementAndGet();
		return listener(filter, position, floor, new StreamEvent.Gap(last.time(), floor.time()));
	}

	private Listener listener(ListenerFilter filter, long position, FillId id, StreamEvent.@Nullable Gap gap) {
		Pace pace = poller.pace();
		return new Listener(log, filter, position,
				new Listener.Opening(id, gap, (pace.reason() != Pace.Reason.CONFIGURED) ? pace : null), clock);
	}

	/**
	 * Closes a stream.
	 * @param team name of the team, for the log
	 */
	public void close(Listener listener, String team) {
		listeners.decrementAndGet();
		if (listener.isBehind()) {
			dropped.incrementAndGet();
			LOG.info("Stream ended: its client read more slowly than fills came: team={}", team);
		}
	}

	/**
	 * Counts events that were sent.
	 */
	public void sent(int events) {
		sent.addAndGet(events);
	}

	/**
	 * Ends all streams, because the gateway shuts down.
	 */
	void end() {
		log.close();
	}

	int countListeners() {
		return listeners.get();
	}

	long countGaps() {
		return gaps.get();
	}

	long countDropped() {
		return dropped.get();
	}

	long countSent() {
		return sent.get();
	}

}
