package io.htgateway.stream;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.stream.StreamEvent.Fill;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.json.JsonResponse;
import io.htgateway.work.Work;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Page of fills as the upstream sent it.
 *
 * @param fills the readable fills in their order
 * @param unreadable number of fills without a time, a trade or a coin
 * @param nextCursor cursor of the next page, or null if this is the last one
 */
record FillPage(List<Fill> fills, int unreadable, @Nullable String nextCursor) {

	static final String ARRAY = "fills";

	private static final JsonFactory JSON = new JsonFactory();

	FillPage {
		fills = List.copyOf(fills);
	}

	/**
	 * Reads the given response: a large one on a worker thread.
	 */
	static Mono<FillPage> read(JsonResponse response) {
		byte[] body = response.content().body();
		return Work.on(body.length, () -> of(body, response.envelope()));
	}

	private static FillPage of(byte[] body, JsonEnvelope envelope) {
		List<Fill> fills = new ArrayList<>();
		List<JsonEnvelope.Range> ranges = envelope.array(ARRAY).ranges();
		for (JsonEnvelope.Range range : ranges) {
			Fill fill = fill(body, range);
			if (fill != null) {
				fills.add(fill);
			}
		}
		return new FillPage(fills, ranges.size() - fills.size(), envelope.strings().get("nextCursor"));
	}

	private static @Nullable Fill fill(byte[] body, JsonEnvelope.Range range) {
		Map<String, String> fields = fields(body, range);
		try {
			FillId id = new FillId(OffsetDateTime.parse(fields.getOrDefault("time", "")).toInstant().toEpochMilli(),
					Long.parseLong(fields.getOrDefault("tid", "")));
			String coin = fields.get("coin");
			return (coin == null || FillId.parse(id.toString()).isEmpty()) ? null
					: new Fill(id, coin, fields.getOrDefault("side", ""), fields.getOrDefault("address", ""),
							number(fields.get("px")) * number(fields.get("sz")), json(body, range));
		}
		catch (DateTimeException | NumberFormatException unreadable) {
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

	// The envelope has checked that the whole body is valid JSON.
	private static Map<String, String> fields(byte[] body, JsonEnvelope.Range range) {
		Map<String, String> fields = new HashMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body, range.start(),
				range.end() - range.start())) {
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
	private static byte[] json(byte[] body, JsonEnvelope.Range range) {
		byte[] json = new byte[range.end() - range.start()];
		for (int index = 0; index < json.length; index++) {
			byte next = body[range.start() + index];
			json[index] = (next == '\n' || next == '\r') ? (byte) ' ' : next;
		}
		return json;
	}

	/**
	 * Returns whether no fill is earlier than the one before it.
	 */
	boolean isOldestFirst() {
		for (int index = 1; index < fills.size(); index++) {
			if (fills.get(index).id().time() < fills.get(index - 1).id().time()) {
				return false;
			}
		}
		return true;
	}

}
