package io.htgateway.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Opens streams of fills, and counts them.
 */
public final class Feed {

	private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

	/**
	 * Longest wait for the journal when a stream is opened.
	 */
	static final Duration OPENING = Duration.ofSeconds(10);

	private final FillLog log;

	private final JournalFollower follower;

	private final AtomicLong gaps = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong sent = new AtomicLong();

	private final InstantSource clock;

	private final InstantSource dates;

	/**
	 * Creates a feed.
	 * @param clock clock that measures ages
	 * @param dates clock of dates
	 */
	Feed(FillLog log, JournalFollower follower, InstantSource clock, InstantSource dates) {
		this.log = log;
		this.follower = follower;
		this.clock = clock;
		this.dates = dates;
	}

	/**
	 * Counts a stream. The caller must call {@link #leave()} when the stream ends.
	 * @param last the last fill that the client knows, or null for fills from now on
	 */
	public void enter(@Nullable FillId last) {
		follower.enter(last);
	}

	/**
	 * Removes a stream from the count.
	 */
	public void leave() {
		follower.leave();
	}

	/**
	 * Opens a stream, after all that other replicas have read so far is known here. Fails
	 * with {@link TimeoutException} if the journal does not answer within ten seconds.
	 * @param last the last fill that the client knows, or null for fills from now on
	 */
	public Mono<Listener> open(ListenerFilter filter, @Nullable FillId last) {
		return follower.follow()
			.timeout(OPENING)
			.then(Mono.fromSupplier(() -> (last != null) ? resume(filter, last) : start(filter)));
	}

	private Listener start(ListenerFilter filter) {
		long polled = dates.instant().minus(follower.pace().interval()).toEpochMilli();
		long now = Math.max(polled, follower.since().toEpochMilli());
		FillId begin = new FillId(Math.max(now, log.floor().id().withoutTrade().time()), 0);
		return listener(filter.after(begin), log.end(), begin, null);
	}

	private Listener resume(ListenerFilter filter, FillId last) {
		Long known = log.after(last);
		if (known != null) {
			return listener(filter, known, last, null);
		}
		FillLog.Floor floor = log.floor();
		if (last.compareTo(floor.id()) >= 0) {
			return listener(filter.after(last), floor.position(), last, null);
		}
		gaps.incrementAndGet();
		FillId begin = floor.id().withoutTrade();
		return listener(filter.after(begin), floor.position(), begin, new StreamEvent.Gap(last.time(), begin.time()));
	}

	private Listener listener(ListenerFilter filter, long position, FillId id, StreamEvent.@Nullable Gap gap) {
		Pace pace = follower.pace();
		return new Listener(log, filter, position,
				new Listener.Opening(id, gap, (pace.reason() != Pace.Reason.CONFIGURED) ? pace : null),
				follower::completeUntil, clock);
	}

	/**
	 * Counts the end of a stream if its client was too slow.
	 * @param team name of the team, for the log
	 */
	public void ended(Listener listener, String team) {
		if (listener.isSlow()) {
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
		follower.end();
		log.close();
	}

	int countListeners() {
		return follower.countListeners();
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
