package io.htgateway.stream;

import java.util.List;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * Part of the log of fills.
 *
 * @param events the events that the listener wants
 * @param next position after the last event that was read, wanted or not
 * @param last the last position of these events, or null if none has one
 */
record Chunk(List<StreamEvent> events, long next, @Nullable FillId last) {

	Chunk {
		events = List.copyOf(events);
	}

}
