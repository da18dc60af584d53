package io.htgateway.shared.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.JournalException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One reading of the journal by a replica.
 *
 * @param epoch name of the journal, which changes if Redis loses it
 * @param version number of the last change
 * @param turn whether the replica has the turn
 * @param all whether the events are those from the beginning, because the replica does
 * not know the ones before or they were dropped
 * @param more whether more events follow
 * @param position position after the events
 * @param floor position since which the journal is complete
 * @param checkpoint the checkpoint, or null if it is unreadable
 * @param events the events
 */
record Reading(String epoch, long version, boolean turn, boolean all, boolean more, String position, FillId floor,
		@Nullable Checkpoint checkpoint, List<StreamEvent> events) {

	private static final int FIELDS = 7;

	Reading {
		events = List.copyOf(events);
	}

	/**
	 * Returns the reading in the given reply, or null if there is no journal.
	 * @throws JournalException if the journal is that of a later version
	 */
	static @Nullable Reading of(byte[] reply) {
		int headEnd = lineEnd(reply, 0);
		String[] head = new String(reply, 0, headEnd, StandardCharsets.US_ASCII).split(" ", -1);
		if (head[0].equals("later")) {
			throw new JournalException("the journal is that of a later version");
		}
		if (head.length < FIELDS) {
			return null;
		}
		int checkpointEnd = lineEnd(reply, headEnd + 1);
		FillId floor = FillId.parse(head[6]).orElseGet(() -> new FillId(0, 0));
		Checkpoint checkpoint = checkpoint(Arrays.copyOfRange(reply, headEnd + 1, checkpointEnd));
		long last = Math.max(floor.time() + 1, (checkpoint != null) ? checkpoint.lastTime() : 0);
		return new Reading(head[0], Long.parseLong(head[1]), head[2].equals("1"), head[3].equals("1"),
				head[4].equals("1"), head[5], floor, checkpoint,
				events(reply, checkpointEnd + 1, new StreamEvent.Gap(floor.time(), last)));
	}

	private static @Nullable Checkpoint checkpoint(byte[] json) {
		try {
			return JsonMapper.shared().readValue(json, Checkpoint.class);
		}
		catch (JacksonException unreadable) {
			return null;
		}
	}

	// An unreadable event could have any time of the journal.
	private static List<StreamEvent> events(byte[] reply, int from, StreamEvent.Gap gap) {
		List<StreamEvent> events = new ArrayList<>();
		for (int start = from; start < reply.length;) {
			int end = lineEnd(reply, start);
			StreamEvent event = EventText.read(reply, start, end);
			events.add((event != null) ? event : gap);
			start = end + 1;
		}
		return events;
	}

	private static int lineEnd(byte[] text, int start) {
		int end = start;
		while (end < text.length && text[end] != '\n') {
			end++;
		}
		return end;
	}

}
