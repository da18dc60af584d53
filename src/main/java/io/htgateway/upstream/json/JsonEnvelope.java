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
 * The outer object of a JSON answer: where its arrays and their items stand in the bytes,
 * and its strings and integers. Reading one proves that the answer is a single, complete
 * JSON object.
 *
 * @param arrays positions of the arrays by the name of their field
 * @param strings values of the strings by the name of their field
 * @param integers values of the integers by the name of their field
 */
public record JsonEnvelope(Map<String, Items> arrays, Map<String, String> strings, Map<String, Long> integers) {

	private static final String OTHER = "a body that is not one JSON object";

	private static final int MAX_FIELDS = 1_000;

	private static final int MAX_ITEMS = 250_000;

	private static final JsonFactory JSON = new JsonFactory();

	public JsonEnvelope {
		arrays = Map.copyOf(arrays);
		strings = Map.copyOf(strings);
		integers = Map.copyOf(integers);
	}

	/**
	 * Reads the given bytes from the first to the last.
	 * @throws UpstreamException.Malformed when they are anything but one JSON object in
	 * UTF-8 without repeated fields at the top
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
	 * Reads the given bytes like {@link #of}: small ones on the calling thread, large
	 * ones on a worker thread.
	 */
	public static Mono<JsonEnvelope> read(byte[] body) {
		return Work.on(body.length, () -> of(body));
	}

	/**
	 * The positions of an array that has to be there.
	 * @throws UpstreamException.Malformed when it is not
	 */
	public Items array(String field) {
		Items items = arrays.get(field);
		if (items == null) {
			throw UpstreamException.Malformed.ofShape("a body without the array " + field);
		}
		return items;
	}

	/**
	 * Positions of an array in a body, as offsets of bytes.
	 *
	 * @param open just behind its opening bracket
	 * @param close at its closing bracket
	 * @param ranges first byte and end (exclusive) of each item
	 */
	public record Items(int open, int close, List<Range> ranges) {

		public Items {
			ranges = List.copyOf(ranges);
		}

		public int size() {
			return ranges.size();
		}

	}

	/**
	 * A range of bytes.
	 *
	 * @param start the first byte
	 * @param end just behind the last
	 */
	public record Range(int start, int end) {
	}

	private record Reader(JsonParser parser) {

		JsonEnvelope read() {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw UpstreamException.Malformed.ofShape(OTHER);
			}
			require(here() > 0);
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
			int open = here();
			List<Range> ranges = new ArrayList<>();
			for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
				require(ranges.size() < MAX_ITEMS);
				ranges.add(readItem(item));
			}
			return new Items(open, here() - 1, ranges);
		}

		private Range readItem(@Nullable JsonToken item) {
			require(item != null);
			int start = offset(parser.currentTokenLocation().getByteOffset());
			parser.skipChildren();
			parser.finishToken();
			return new Range(start, here());
		}

		private int here() {
			return offset(parser.currentLocation().getByteOffset());
		}

		// The parser knows no byte offsets for UTF-16 and UTF-32, which JSON on the
		// network must not use (RFC 8259 8.1).
		private static int offset(long bytes) {
			require(bytes >= 0);
			return Math.toIntExact(bytes);
		}

		private static void require(boolean condition) {
			if (!condition) {
				throw UpstreamException.Malformed.ofShape(OTHER);
			}
		}

	}

}
