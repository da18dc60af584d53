package io.htgateway.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.htgateway.stream.StreamEvent.Fill;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The latest events, in the order in which they became known. Each listener reads them
 * from its own position, so that a slow one costs no memory: if it falls behind the
 * oldest event, it has lost events.
 */
public final class FillLog {

	/**
	 * Most events of one read, whether the listener wants them or not.
	 */
	private static final int MAX_READ = 2_000;

	private final ConcurrentNavigableMap<Long, StreamEvent> events = new ConcurrentSkipListMap<>();

	private final long maxBytes;

	private volatile Sinks.Empty<Void> change = Sinks.empty();

	private volatile FillId floor = new FillId(0, 0);

	private FillId last = floor;

	private volatile long end;

	private volatile long bytes;

	private volatile boolean closed;

	FillLog(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Appends events, and drops the oldest ones beyond the limit.
	 */
	void append(List<? extends StreamEvent> added) {
		if (!added.isEmpty()) {
			add(added);
			notifyListeners();
		}
	}

	private synchronized void add(List<? extends StreamEvent> added) {
		for (StreamEvent event : added) {
			events.put(end, event);
			last = (event instanceof Fill fill) ? fill.id() : last;
			bytes += event.size();
			end++;
		}
		while (bytes > maxBytes && events.size() > 1) {
			Map.Entry<Long, StreamEvent> oldest = events.pollFirstEntry();
			bytes -= oldest.getValue().size();
			if (oldest.getValue() instanceof Fill fill && fill.id().compareTo(floor) > 0) {
				floor = fill.id();
			}
		}
	}

	/**
	 * Drops all events: those after the given position follow.
	 */
	synchronized void restart(FillId from) {
		events.clear();
		bytes = 0;
		floor = from;
		last = from;
	}

	/**
	 * Ends all streams.
	 */
	void close() {
		closed = true;
		notifyListeners();
	}

	boolean isClosed() {
		return closed;
	}

	// Each listener waits for the sink that it took before it read.
	private void notifyListeners() {
		Sinks.Empty<Void> before = change;
		change = Sinks.empty();
		before.tryEmitEmpty();
	}

	/**
	 * Returns the signal of the next change, to be taken before a read.
	 */
	Mono<Void> change() {
		return change.asMono();
	}

	/**
	 * Returns the end of the log.
	 */
	synchronized Tail tail() {
		return new Tail(end, last);
	}

	/**
	 * Returns the position since which the log is complete.
	 */
	FillId floor() {
		return floor;
	}

	long bytes() {
		return bytes;
	}

	/**
	 * Returns whether the event at the given position has been dropped.
	 */
	boolean isLost(long position) {
		Map.Entry<Long, StreamEvent> oldest = events.firstEntry();
		return position < ((oldest != null) ? oldest.getKey() : end);
	}

	/**
	 * Returns the position after the fill with the given id, or null if the log has no
	 * such fill.
	 */
	@Nullable Long after(FillId id) {
		for (Map.Entry<Long, StreamEvent> entry : events.descendingMap().entrySet()) {
			if (entry.getValue() instanceof Fill fill && fill.id().equals(id)) {
				return entry.getKey() + 1;
			}
		}
		return null;
	}

	/**
	 * Returns the position of the oldest event.
	 */
	long start() {
		Map.Entry<Long, StreamEvent> oldest = events.firstEntry();
		return (oldest != null) ? oldest.getKey() : end;
	}

	/**
	 * Returns events from the given position on. If the first of them has been dropped,
	 * returns none.
	 * @param maxSize bytes after which no further event is added
	 */
	Chunk read(long from, ListenerFilter filter, int maxSize) {
		long next = from;
		int size = 0;
		FillId last = null;
		List<StreamEvent> wanted = new ArrayList<>();
		for (Map.Entry<Long, StreamEvent> entry : events.tailMap(from).entrySet()) {
			if (entry.getKey() != next || size >= maxSize || next - from >= MAX_READ) {
				break;
			}
			StreamEvent event = entry.getValue();
			if (event instanceof Fill fill) {
				last = fill.id();
			}
			if (filter.wants(event)) {
				wanted.add(event);
				size += event.size();
			}
			next++;
		}
		return new Chunk(wanted, next, last);
	}

	/**
	 * End of the log.
	 *
	 * @param position position of the next event
	 * @param id the last fill, or the position since which the log is complete
	 */
	record Tail(long position, FillId id) {
	}

	/**
	 * Part of the log.
	 *
	 * @param events the events that the listener wants
	 * @param next position after the last event that was read, wanted or not
	 * @param last the last fill that was read, wanted or not, or null if none was
	 */
	record Chunk(List<StreamEvent> events, long next, @Nullable FillId last) {

		Chunk {
			events = List.copyOf(events);
		}

	}

}
