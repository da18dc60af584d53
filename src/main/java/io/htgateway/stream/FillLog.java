package io.htgateway.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.event.StreamEvent.Fill;
import io.htgateway.stream.event.StreamEvent.Gap;
import io.htgateway.stream.event.StreamEvent.Paced;
import io.htgateway.stream.event.StreamEvent.Pause;
import io.htgateway.stream.event.Trade;
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

	private final AtomicReference<Sinks.Empty<Void>> change = new AtomicReference<>(Sinks.empty());

	// Positions of all fills in the log: what replicas share can repeat fills after a
	// failure.
	private final Map<Trade, Long> trades = new HashMap<>();

	// The last fill that was dropped, if the log has all events after it.
	private @Nullable FillId border;

	private volatile Floor floor = new Floor(new FillId(0, 0), 0);

	private FillId newest = floor.id();

	private volatile long end;

	private volatile long bytes;

	private volatile boolean closed;

	public FillLog(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Appends the given events, except fills that the log already contains, and drops the
	 * oldest events beyond the limit.
	 */
	public void append(List<? extends StreamEvent> added) {
		if (!added.isEmpty()) {
			add(added);
			notifyListeners();
		}
	}

	private synchronized void add(List<? extends StreamEvent> added) {
		for (StreamEvent event : added) {
			switch (event) {
				case Fill fill -> add(fill);
				case Pause pause -> add(pause);
				case Gap gap -> put(gap);
				case Paced paced -> put(paced);
			}
		}
		while (bytes > maxBytes && events.size() > 1) {
			drop(Objects.requireNonNull(events.pollFirstEntry()).getValue());
		}
	}

	private synchronized void add(Fill fill) {
		if (trades.putIfAbsent(fill.trade(), end) == null) {
			newest = max(newest, fill.id());
			put(fill);
		}
	}

	// A pause before the newest fill misses nothing here.
	private synchronized void add(Pause pause) {
		if (newest.compareTo(pause.to()) < 0) {
			put(new Pause(Math.max(pause.from(), newest.time()), pause.to().withoutTrade()));
			newest = pause.to();
			floor = new Floor(newest, end);
		}
	}

	private synchronized void put(StreamEvent event) {
		events.put(end, event);
		bytes += event.size();
		end++;
	}

	private synchronized void drop(StreamEvent oldest) {
		bytes -= oldest.size();
		switch (oldest) {
			case Fill fill -> {
				trades.remove(fill.trade());
				floor = new Floor(max(floor.id(), fill.id()), floor.position());
				border = fill.id();
			}
			case Gap _, Pause _ -> border = null;
			case Paced _ -> {
			}
		}
	}

	private static FillId max(FillId first, FillId second) {
		return (first.compareTo(second) >= 0) ? first : second;
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
		change.getAndSet(Sinks.empty()).tryEmitEmpty();
	}

	/**
	 * Returns the signal of the next change, to be taken before a read.
	 */
	Mono<Void> change() {
		return change.get().asMono();
	}

	/**
	 * Returns the position of the next event.
	 */
	long end() {
		return end;
	}

	/**
	 * Returns the latest fill, or the position since which the log is complete.
	 */
	synchronized FillId newest() {
		return newest;
	}

	/**
	 * Returns the position since which the log is complete.
	 */
	Floor floor() {
		Floor known = floor;
		return new Floor(known.id(), Math.max(known.position(), start()));
	}

	long bytes() {
		return bytes;
	}

	/**
	 * Returns whether the event at the given position has been dropped.
	 */
	boolean isLost(long position) {
		return position < start();
	}

	/**
	 * Returns the position after the fill with the given id, or null if neither the log
	 * has such a fill nor was it the last one that was dropped.
	 */
	synchronized @Nullable Long after(FillId id) {
		Long position = trades.get(new Trade(id.tid(), id.side()));
		if (position != null && events.get(position) instanceof Fill fill && fill.id().equals(id)) {
			return position + 1;
		}
		return id.equals(border) ? start() : null;
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
			StreamEvent selected = filter.select(event);
			if (selected != null) {
				last = (selected instanceof Fill fill) ? fill.id()
						: (selected instanceof Pause pause) ? pause.to() : last;
				wanted.add(selected);
				size += selected.size();
			}
			next++;
		}
		return new Chunk(wanted, next, last);
	}

	/**
	 * Beginning of the part of the log in which no fill is missing.
	 *
	 * @param id all fills after it are in the log
	 * @param position position of the first event after it
	 */
	record Floor(FillId id, long position) {
	}

}
