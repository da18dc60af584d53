package io.htgateway.stream.poll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.event.StreamEvent.Fill;
import io.htgateway.upstream.response.UpstreamException;

/**
 * Events, and the checkpoint after them. Both are stored, or none of them.
 *
 * @param events the events in their order; fills among them may be known already
 * @param next the checkpoint after the events
 * @param unreadable number of fills that could not be read, and are not known already
 */
public record Step(List<StreamEvent> events, Checkpoint next, int unreadable) {

	public Step {
		events = List.copyOf(events);
	}

	/**
	 * Returns a step without fills. It has an event if the pace changes.
	 */
	static Step of(Checkpoint before, Checkpoint next) {
		return new Step(paced(before, next), next, 0);
	}

	/**
	 * Returns the step that the given page of an unfinished poll makes.
	 * @param requested when the page was requested
	 * @throws UpstreamException.Malformed if its cursor leads to no further fill
	 */
	static Step of(Checkpoint before, Walk walk, Instant requested, FillPage page, Pace regular) {
		String cursor = page.nextCursor();
		if (cursor != null && (!walk.advances(cursor) || page.fills().isEmpty())) {
			throw new UpstreamException.Malformed("a cursor that leads to no further fill");
		}
		long last = page.fills().stream().mapToLong((fill) -> fill.id().time()).reduce(before.lastTime(), Math::max);
		Walk done = walk.after(requested, Instant.ofEpochMilli(last));
		Instant from = done.next(Instant.ofEpochMilli(last));
		List<String> unreadable = page.unreadable().stream().filter((digest) -> !before.hasSkipped(digest)).toList();
		Checkpoint next = ((cursor == null) ? before.complete(last, from, done, requested, regular)
				: before.after(last, page.isOldestFirst() ? from : before.from(), done.at(cursor), requested))
			.skipping(unreadable);
		List<StreamEvent> events = new ArrayList<>(wanted(page, before.firstTime()));
		if (!unreadable.isEmpty()) {
			events.add(gap(before, (cursor == null) ? Math.max(last, requested.toEpochMilli()) : last));
		}
		events.addAll(paced(before, next));
		return new Step(events, next, unreadable.size());
	}

	/**
	 * Returns the time before which no later step has a fill, in ms since 1970.
	 */
	public long forgetBefore() {
		return next.from().toEpochMilli();
	}

	// The time of an unreadable fill is not known: the overlap can have brought it.
	private static StreamEvent.Gap gap(Checkpoint before, long to) {
		long from = before.from().toEpochMilli();
		return new StreamEvent.Gap(from, Math.max(from + 1, to));
	}

	private static List<Fill> wanted(FillPage page, long firstTime) {
		return page.fills().stream().filter((fill) -> fill.id().time() >= firstTime).toList();
	}

	private static List<StreamEvent> paced(Checkpoint before, Checkpoint next) {
		return next.pace().isLike(before.pace()) ? List.of() : List.of(new StreamEvent.Paced(next.pace()));
	}

}
