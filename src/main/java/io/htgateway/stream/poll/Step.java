package io.htgateway.stream.poll;

import java.util.ArrayList;
import java.util.List;

import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.event.StreamEvent.Fill;
import io.htgateway.upstream.response.UpstreamException;
import org.jspecify.annotations.Nullable;

/**
 * Events, and the checkpoint after them. Both are stored, or none of them.
 *
 * @param events the events in their order; fills among them may be known already
 * @param forgetBefore time before which no fill can be repeated, in ms since 1970
 * @param next the checkpoint after the events
 */
public record Step(List<StreamEvent> events, long forgetBefore, Checkpoint next) {

	public Step {
		events = List.copyOf(events);
	}

	/**
	 * Returns a step without fills. It has an event if the reason for the pace changes.
	 */
	static Step of(Checkpoint before, Checkpoint next) {
		return new Step(paced(before, next), 0, next);
	}

	/**
	 * Returns the step that the given page of an unfinished poll makes.
	 * @throws UpstreamException.Malformed if its cursor leads to no further fill
	 */
	static Step of(Checkpoint before, Walk walk, FillPage page, Pace regular) {
		String cursor = page.nextCursor();
		if (cursor != null && (!walk.advances(cursor) || page.fills().isEmpty())) {
			throw new UpstreamException.Malformed("a cursor that leads to no further fill");
		}
		long last = page.fills().stream().mapToLong((fill) -> fill.id().time()).reduce(before.lastTime(), Math::max);
		Checkpoint next = (cursor != null) ? before.after(last, walk.next(cursor))
				: before.complete(last, walk, regular);
		List<StreamEvent> events = new ArrayList<>(wanted(page, before.firstTime()));
		if (page.unreadable() > 0) {
			events.add(new StreamEvent.Gap(before.lastTime(), last));
		}
		events.addAll(paced(before, next));
		return new Step(events, forgetBefore(cursor, page, last), next);
	}

	private static List<Fill> wanted(FillPage page, long firstTime) {
		return page.fills().stream().filter((fill) -> fill.id().time() >= firstTime).toList();
	}

	// The next poll starts so late that it cannot repeat earlier trades.
	private static long forgetBefore(@Nullable String cursor, FillPage page, long last) {
		return (cursor == null || page.isOldestFirst()) ? last - Checkpoint.OVERLAP.toMillis() : 0;
	}

	private static List<StreamEvent> paced(Checkpoint before, Checkpoint next) {
		return (next.pace().reason() != before.pace().reason()) ? List.of(new StreamEvent.Paced(next.pace()))
				: List.of();
	}

}
