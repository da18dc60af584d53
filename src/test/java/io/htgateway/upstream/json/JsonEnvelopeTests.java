package io.htgateway.upstream.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.htgateway.upstream.response.UpstreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JsonEnvelope} with valid bodies.
 */
class JsonEnvelopeTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"coin\":\"BTC\",\"bins\":[{\"a\":[1,{}]},{}]}", "[]", "[[],[1,[2]],[{}]]",
			"\"plain\"", "\"\"", "\"a\\\"]},{[\\\\\"", "\"\\u005d\\u0022\\/\"", "\"caf\u00e9 \u20bf \ud83d\ude80 ]\"",
			"0", "-0.10", "1e-8", "50791.1900", "1E+400", "18446744073709551617", "true", "false", "null",
			"{ \"a\" : [ 1 , 2 ] }" })
	void ofFindsThePositionOfEveryKindOfItem(String item) {
		String body = "{\"items\":[" + item + "," + item + ", \r\n\t" + item + " ]}";

		assertThat(items(body)).containsExactly(item, item, item);
	}

	@Test
	void ofWhenArrayHasOneScalarFindsIt() {
		assertThat(items("{\"items\":[1]}")).containsExactly("1");
	}

	@Test
	void ofWhenBodyIsPrettyPrintedFindsItemsAndBrackets() {
		String body = """
				{
				  "totalCount": 2,
				  "items": [
				    {
				      "coin": "BTC"
				    },
				    {
				      "coin": "ETH"
				    }
				  ]
				}
				""";

		JsonEnvelope.Items items = envelope(body).array("items");

		assertThat(body.substring(0, items.open())).endsWith("\"items\": [");
		assertThat(body.substring(items.close())).isEqualTo("]\n}\n");
		assertThat(items(body)).containsExactly("{\n      \"coin\": \"BTC\"\n    }",
				"{\n      \"coin\": \"ETH\"\n    }");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "[ ]", "[\n\n]" })
	void ofWhenArrayIsEmptyFindsItsBrackets(String array) {
		String body = "{\"caf\u00e9\":\"\u20bf\",\"items\":" + array + "}";
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

		JsonEnvelope.Items items = JsonEnvelope.of(bytes).array("items");

		assertThat(items.size()).isZero();
		assertThat((char) bytes[items.open() - 1]).isEqualTo('[');
		assertThat((char) bytes[items.close()]).isEqualTo(']');
		assertThat(items.close() - items.open()).isEqualTo(array.length() - 2);
	}

	@Test
	void ofWhenFieldsAreAroundArraysFindsEachArrayAndString() {
		JsonEnvelope envelope = envelope(
				"{\"a\":1,\"url\":\"x\\u003dy\\/\",\"one\":[1,2],\"n\":null,\"o\":{\"url\":\"inner\",\"in\":[9]},"
						+ "\"two\":[],\"empty\":\"\",\"t\":true}");

		assertThat(envelope.strings()).containsOnlyKeys("url", "empty").containsEntry("url", "x=y/");
		assertThat(envelope.arrays()).containsOnlyKeys("one", "two");
		assertThat(envelope.array("one").size()).isEqualTo(2);
	}

	@Test
	void ofWhenItemsRepeatFieldsOfEachOtherAcceptsThem() {
		assertThat(items("{\"items\":[{\"a\":1},{\"a\":1}],\"a\":[1]}")).hasSize(2);
	}

	@Test
	void ofWhenArrayIsLongFindsEveryItem() {
		List<String> numbers = IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();

		assertThat(items("{\"items\":[" + String.join(",", numbers) + "]}")).isEqualTo(numbers);
	}

	@Test
	void arrayWhenFieldIsAbsentIsRefused() {
		JsonEnvelope envelope = envelope("{\"items\":{},\"other\":[]}");

		assertThatExceptionOfType(UpstreamException.Malformed.class).isThrownBy(() -> envelope.array("items"))
			.withMessageContaining("without the array items");
	}

	private static JsonEnvelope envelope(String body) {
		return JsonEnvelope.of(body.getBytes(StandardCharsets.UTF_8));
	}

	private static List<String> items(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return JsonEnvelope.of(bytes)
			.array("items")
			.ranges()
			.stream()
			.map((range) -> new String(Arrays.copyOfRange(bytes, range.start(), range.end()), StandardCharsets.UTF_8))
			.toList();
	}

}
