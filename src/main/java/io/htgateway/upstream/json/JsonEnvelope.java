package io.htgateway.upstream.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.work.Work;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Fields of the outer object of a JSON body: the byte positions of its arrays and their
 * items, and its strings and integers. A body that can be read is one complete JSON
 * object.
 *
 * @param arrays positions of the arrays by field name
 * @param strings strings by field name
 * @param integers integers by field name
 */
public record JsonEnvelope(Map<String, Items> arrays, Map<String, String> strings, Map<String, Long> integers) {

	private static final String NOT_ONE_OBJECT = "a body that is not one JSON object";

	private static final int MAX_FIELDS = 1_000;

	private static final int MAX_ITEMS = 250_000;

	private static final JsonFactory JSON = new JsonFactory();

	public JsonEnvelope {
		arrays = Map.copyOf(arrays);
		strings = Map.copyOf(strings);
		integers = Map.copyOf(integers);
	}

	/**
	 * Reads the given body completely.
	 * @throws UpstreamException.Malformed unless it is one complete JSON object in UTF-8
	 * without repeated fields, with at most 1000 fields and at most 250 000 items in an
	 * array
	 */
	public static JsonEnvelope of(byte[] body) {
		if (!Utf8.isValid(body)) {
			throw UpstreamException.Malformed.ofShape("a body that is not UTF-8");
		}
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
			return new Reader(parser).read();
		}
		catch (JacksonException notJson) {
			throw UpstreamException.Malformed.ofShape("a body that is not complete JSON");
		}
	}

	/**
	 * Reads the given body like {@link #of}: a small one on the calling thread, a large
	 * one on a worker thread.
	 */
	public static Mono<JsonEnvelope> read(byte[] body) {
		return Work.on(body.length, () -> of(body));
	}

	/**
	 * Returns the positions of the array in the given field.
	 * @throws UpstreamException.Malformed if there is no such array
	 */
	public Items array(String field) {
		Items items = arrays.get(field);
		if (items == null) {
			throw UpstreamException.Malformed.ofShape("a body without the array " + field);
		}
		return items;
	}

	/**
	 * Byte offsets of an array and its items in a body.
	 *
	 * @param open offset after its opening bracket
	 * @param close offset of its closing bracket
	 * @param ranges offsets of each item
	 */
	public record Items(int open, int close, List<Range> ranges) {

		public Items {
			ranges = List.copyOf(ranges);
		}

		/**
		 * Returns the number of items.
		 */
		public int size() {
			return ranges.size();
		}

	}

	/**
	 * Range of bytes.
	 *
	 * @param start offset of the first byte
	 * @param end offset after the last byte
	 */
	public record Range(int start, int end) {
	}

	private record Reader(JsonParser parser) {

		JsonEnvelope read() {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw UpstreamException.Malformed.ofShape(NOT_ONE_OBJECT);
			}
			require(position() > 0);
			Set<String> names = new HashSet<>();
			Map<String, Items> arrays = new HashMap<>();
			Map<String, String> strings = new HashMap<>();
			Map<String, Long> integers = new HashMap<>();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				require(names.add(parser.currentName()) && names.size() <= MAX_FIELDS);
				readField(arrays, strings, integers);
			}
			require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
			return new JsonEnvelope(arrays, strings, integers);
		}

		private void readField(Map<String, Items> arrays, Map<String, String> strings, Map<String, Long> integers) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			if (value == JsonToken.START_ARRAY) {
				arrays.put(name, readItems());
			}
			else if (value == JsonToken.VALUE_STRING) {
				strings.put(name, parser.getString());
			}
			else if (value == JsonToken.VALUE_NUMBER_INT
					&& parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
				integers.put(name, parser.getLongValue());
			}
			else {
				parser.skipChildren();
			}
		}

		private Items readItems() {
			int open = position();
			List<Range> ranges = new ArrayList<>();
			for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
				require(ranges.size() < MAX_ITEMS);
				ranges.add(readItem(item));
			}
			return new Items(open, position() - 1, ranges);
		}

		private Range readItem(@Nullable JsonToken item) {
			require(item != null);
			int start = offset(parser.currentTokenLocation().getByteOffset());
			parser.skipChildren();
			parser.finishToken();
			return new Range(start, position());
		}

		private int position() {
			return offset(parser.currentLocation().getByteOffset());
		}

		// The parser gives no byte offsets for UTF-16 and UTF-32, which JSON on the
		// network must not use (RFC 8259 8.1).
		private static int offset(long bytes) {
			require(bytes >= 0);
			return Math.toIntExact(bytes);
		}

		private static void require(boolean condition) {
			if (!condition) {
				throw UpstreamException.Malformed.ofShape(NOT_ONE_OBJECT);
			}
		}

	}

}
