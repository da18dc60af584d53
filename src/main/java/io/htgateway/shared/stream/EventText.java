package io.htgateway.shared.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.FillJson;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.event.StreamEvent.Fill;
import org.jspecify.annotations.Nullable;

/**
 * The text of an event in Redis, which has no line break: a letter for its kind, and then
 * the JSON of a fill, or the numbers and names of another event.
 */
final class EventText {

	private static final byte FILL = 'F';

	private static final Pattern GAP = Pattern.compile("G ([0-9]{1,14}) ([0-9]{1,14})");

	private static final Pattern PAUSE = Pattern.compile("P ([0-9]{1,14}) ([0-9A-Z-]{1,40})");

	private static final Pattern PACED = Pattern.compile("I ([0-9]{1,14}) ([A-Z]{1,20})");

	private EventText() {
	}

	/**
	 * Returns the text of the given event.
	 */
	static byte[] write(StreamEvent event) {
		return switch (event) {
			case Fill fill -> prefixed(fill.json());
			case StreamEvent.Gap(long from, long to) -> bytes("G " + from + " " + to);
			case StreamEvent.Pause(long from, FillId to) -> bytes("P " + from + " " + to);
			case StreamEvent.Paced(Pace pace) -> bytes("I " + pace.interval().toMillis() + " " + pace.reason());
		};
	}

	private static byte[] prefixed(byte[] json) {
		byte[] text = new byte[json.length + 1];
		text[0] = FILL;
		System.arraycopy(json, 0, text, 1, json.length);
		return text;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Returns the event of the text in the given part, or null if it has another form.
	 */
	static @Nullable StreamEvent read(byte[] texts, int start, int end) {
		return (start < end && texts[start] == FILL) ? FillJson.read(texts, start + 1, end)
				: other(new String(Arrays.copyOfRange(texts, start, end), StandardCharsets.US_ASCII));
	}

	private static @Nullable StreamEvent other(String text) {
		Matcher gap = GAP.matcher(text);
		if (gap.matches()) {
			return new StreamEvent.Gap(Long.parseLong(gap.group(1)), Long.parseLong(gap.group(2)));
		}
		Matcher pause = PAUSE.matcher(text);
		if (pause.matches()) {
			return FillId.parse(pause.group(2))
				.map((to) -> new StreamEvent.Pause(Long.parseLong(pause.group(1)), to))
				.orElse(null);
		}
		Matcher paced = PACED.matcher(text);
		return paced.matches() ? paced(Long.parseLong(paced.group(1)), paced.group(2)) : null;
	}

	private static StreamEvent.@Nullable Paced paced(long millis, String name) {
		for (Pace.Reason reason : Pace.Reason.values()) {
			if (reason.name().equals(name)) {
				return new StreamEvent.Paced(new Pace(Duration.ofMillis(millis), reason));
			}
		}
		return null;
	}

}
