package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reader of the log for one stream. It reads the next part only when the part before has
 * been sent.
 */
public final class Listener {

	/**
	 * Longest time without any byte.
	 */
	static final Duration HEARTBEAT = Duration.ofSeconds(15);

	/**
	 * Longest time of a stream. The client opens the next one with its token, which may
	 * have been revoked.
	 */
	static final Duration LIFETIME = Duration.ofMinutes(15);

	/**
	 * Size of the events that are sent at once, in bytes.
	 */
	private static final int PART = 32 * 1024;

	private final FillLog log;

	private final ListenerFilter filter;

	private final Opening opening;

	private final InstantSource clock;

	private final Instant expiry;

	private final Scheduler scheduler;

	private volatile long position;

	private volatile FillId id;

	private volatile boolean slow;

	private final LongSupplier completeUntil;

	// Time of the latest fill that the client may know, in ms since 1970.
	private volatile long latest;

	/**
	 * Creates a listener.
	 * @param completeUntil time before which the log receives no further fill, in ms
	 * since 1970
	 */
	Listener(FillLog log, ListenerFilter filter, long position, Opening opening, LongSupplier completeUntil,
			InstantSource clock) {
		this(log, filter, position, opening, completeUntil, clock, Schedulers.parallel());
	}

	Listener(FillLog log, ListenerFilter filter, long position, Opening opening, LongSupplier completeUntil,
			InstantSource clock, Scheduler scheduler) {
		this.log = log;
		this.filter = filter;
		this.position = position;
		this.opening = opening;
		this.id = opening.id();
		this.completeUntil = completeUntil;
		this.latest = Math.max(log.newest().time(), opening.id().time());
		this.clock = clock;
		this.expiry = clock.instant().plus(LIFETIME);
		this.scheduler = scheduler;
	}

	/**
	 * Returns the opening.
	 */
	public Opening opening() {
		return opening;
	}

	/**
	 * Returns the next part as soon as there is one, at the latest after 15 seconds.
	 */
	public Mono<Part> next() {
		return Mono.defer(() -> read(position, id))
			.timeout(HEARTBEAT, Mono.fromSupplier(() -> scan(position, id)), scheduler)
			.doOnNext(this::sent);
	}

	// The position changes only with a part that is sent: a read can be cut off at any
	// time.
	private void sent(Part part) {
		if (part instanceof Part.Events) {
			latest = Math.max(latest, log.newest().time());
		}
		slow = part instanceof Part.End(End reason, long _, FillId _) && reason == End.SLOW;
		position = part.next();
		id = part.id();
	}

	// The signal is taken first, so that no change between the two is missed.
	private Mono<Part> read(long from, FillId before) {
		Mono<Void> change = log.change();
		Part part = scan(from, before);
		return (part instanceof Part.Heartbeat(long next, FillId scanned))
				? change.publishOn(scheduler).then(Mono.defer(() -> read(next, scanned))) : Mono.just(part);
	}

	private Part scan(long from, FillId before) {
		End end = end();
		return (end != null) ? new Part.End(end, from, before) : unread(from, before);
	}

	// Before each part: a client that always has something to read must not read on for
	// ever. It resumes after the last part.
	private @Nullable End end() {
		if (log.isClosed()) {
			return End.SHUTDOWN;
		}
		return clock.instant().isBefore(expiry) ? null : End.RENEW;
	}

	// The time is taken first, so that all fills before it are read.
	private Part unread(long from, FillId before) {
		long complete = completeUntil.getAsLong();
		long next = from;
		while (true) {
			if (log.isLost(next)) {
				return new Part.End(End.SLOW, next, before);
			}
			Chunk chunk = log.read(next, filter, PART);
			if (!chunk.events().isEmpty()) {
				return new Part.Events(chunk.events(), chunk.next(), (chunk.last() != null) ? chunk.last() : before);
			}
			if (chunk.next() == next) {
				return new Part.Heartbeat(next, passed(before, complete));
			}
			next = chunk.next();
		}
	}

	// The id of a fill that the client does not receive would tell it of the trade. A
	// time after all fills that it knows, and before all that follow, loses and repeats
	// nothing.
	private FillId passed(FillId before, long complete) {
		return (complete > Math.max(latest, before.time())) ? new FillId(complete, 0) : before;
	}

	/**
	 * Returns whether the stream has ended because events were dropped before they could
	 * be sent.
	 */
	boolean isSlow() {
		return slow;
	}

	/**
	 * The first part of a stream.
	 *
	 * @param id position after which the events follow
	 * @param gap fills that are missing since the last event that the client knows, or
	 * null if none are
	 * @param pace the pace of the polls, or null if it is the configured one
	 */
	public record Opening(FillId id, StreamEvent.@Nullable Gap gap, @Nullable Pace pace) {
	}

	/**
	 * Why a stream ends.
	 */
	public enum End {

		/**
		 * The client read so slowly that events were dropped.
		 */
		SLOW,

		/**
		 * The gateway shuts down.
		 */
		SHUTDOWN,

		/**
		 * The stream has reached its longest time.
		 */
		RENEW

	}

	/**
	 * Part of a stream.
	 */
	public sealed interface Part {

		/**
		 * Returns the position after this part.
		 */
		long next();

		/**
		 * Returns the position after this part from which a client can resume: the last
		 * fill that it received, or a time after it.
		 */
		FillId id();

		/**
		 * Events in their order.
		 */
		record Events(List<StreamEvent> events, long next, FillId id) implements Part {

			public Events {
				events = List.copyOf(events);
			}

		}

		/**
		 * No event since the last part.
		 */
		record Heartbeat(long next, FillId id) implements Part {
		}

		/**
		 * The end of the stream.
		 */
		record End(Listener.End reason, long next, FillId id) implements Part {
		}

	}

}
