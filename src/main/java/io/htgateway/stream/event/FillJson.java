package io.htgateway.stream.event;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

import io.htgateway.stream.event.StreamEvent.Fill;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reader of one fill as the upstream sends it.
 */
public final class FillJson {

	private static final JsonFactory JSON = new JsonFactory();

	private FillJson() {
	}

	/**
	 * Returns the fill in the given part of a text, or null if it is no JSON, or has no
	 * time, no trade or no coin.
	 */
	public static @Nullable Fill read(byte[] body, int start, int end) {
		try {
			Map<String, String> fields = fields(body, start, end);
			FillId id = new FillId(OffsetDateTime.parse(fields.getOrDefault("time", "")).toInstant().toEpochMilli(),
					Long.parseLong(fields.getOrDefault("tid", "")), fields.getOrDefault("side", ""));
			String coin = fields.get("coin");
			return (coin == null || FillId.parse(id.toString()).isEmpty()) ? null
					: new Fill(id, coin, fields.getOrDefault("side", ""), fields.getOrDefault("address", ""),
							number(fields.get("px")) * number(fields.get("sz")), line(body, start, end));
		}
		catch (JacksonException | DateTimeException | NumberFormatException unreadable) {
			return null;
		}
	}

	private static double number(@Nullable String text) {
		try {
			return (text != null) ? Double.parseDouble(text) : Double.NaN;
		}
		catch (NumberFormatException odd) {
			return Double.NaN;
		}
	}

	private static Map<String, String> fields(byte[] body, int start, int end) {
		Map<String, String> fields = new HashMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body, start, end - start)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return fields;
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (value.isScalarValue()) {
					fields.put(name, parser.getString());
				}
				parser.skipChildren();
			}
		}
		return fields;
	}

	// An event is a line. Line breaks of JSON are white space, because strings cannot
	// contain any.
	private static byte[] line(byte[] body, int start, int end) {
		byte[] json = new byte[end - start];
		for (int index = 0; index < json.length; index++) {
			byte next = body[start + index];
			json[index] = (next == '\n' || next == '\r') ? (byte) ' ' : next;
		}
		return json;
	}

}
