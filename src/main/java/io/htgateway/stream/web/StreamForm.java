package io.htgateway.stream.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.htgateway.stream.event.FillId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Form of the events of a stream.
 */
enum StreamForm {

	/**
	 * Events of <code>text/event-stream</code>, as in the HTML standard.
	 */
	EVENTS(MediaType.TEXT_EVENT_STREAM_VALUE) {

		@Override
		void event(ByteArrayOutputStream out, String name, @Nullable FillId id, byte[] json) {
			if (id != null) {
				write(out, "id: " + id + "\n");
			}
			write(out, "event: " + name + "\ndata: ");
			out.writeBytes(json);
			write(out, "\n\n");
		}

		// A block without data sets the id and dispatches no event.
		@Override
		void heartbeat(ByteArrayOutputStream out, FillId id) {
			write(out, ": heartbeat\nid: " + id + "\n\n");
		}

		@Override
		void retry(ByteArrayOutputStream out, long millis) {
			write(out, "retry: " + millis + "\n\n");
		}

	},

	/**
	 * One JSON object in each line.
	 */
	LINES(MediaType.APPLICATION_NDJSON_VALUE) {

		@Override
		void event(ByteArrayOutputStream out, String name, @Nullable FillId id, byte[] json) {
			write(out, "{\"event\":\"" + name + "\"" + ((id != null) ? ",\"id\":\"" + id + "\"" : "") + ",\"data\":");
			out.writeBytes(json);
			write(out, "}\n");
		}

		@Override
		void heartbeat(ByteArrayOutputStream out, FillId id) {
			write(out, "{\"event\":\"heartbeat\",\"id\":\"" + id + "\"}\n");
		}

		@Override
		void retry(ByteArrayOutputStream out, long millis) {
			write(out, "{\"event\":\"retry\",\"data\":{\"millis\":" + millis + "}}\n");
		}

	};

	private final String type;

	StreamForm(String type) {
		this.type = type;
	}

	static StreamForm of(MediaType type) {
		return type.equals(LINES.type()) ? LINES : EVENTS;
	}

	MediaType type() {
		return MediaType.parseMediaType(type);
	}

	/**
	 * Writes an event.
	 * @param id the id from which a client can resume after the event, or null for that
	 * of the event before
	 * @param json the data, without line breaks
	 */
	abstract void event(ByteArrayOutputStream out, String name, @Nullable FillId id, byte[] json);

	/**
	 * Writes that nothing has happened until the given position.
	 */
	abstract void heartbeat(ByteArrayOutputStream out, FillId id);

	/**
	 * Writes after which time the client should open the next stream.
	 */
	abstract void retry(ByteArrayOutputStream out, long millis);

	private static void write(ByteArrayOutputStream out, String text) {
		out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

}
