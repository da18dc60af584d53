package io.htgateway.upstream.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import io.htgateway.upstream.response.UpstreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JsonEnvelope} with invalid bodies.
 */
class MalformedJsonEnvelopeTests {

	private static final String COMPLETE = "{\"totalCount\":2,\"items\":[{\"coin\":\"BTC\"},{\"coin\":\"caf\u00e9\"}]}";

	@Test
	void ofWhenBodyIsCutAnywhereIsRefused() {
		byte[] complete = COMPLETE.getBytes(StandardCharsets.UTF_8);

		assertThat(JsonEnvelope.of(complete).array("items").size()).isEqualTo(2);
		for (int length = 0; length < complete.length; length++) {
			assertRefused(Arrays.copyOf(complete, length));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n", "null", "1", "\"text\"", "[]", "[{\"items\":[]}]", "<html></html>",
			"{\"items\":[]}x", "{\"items\":[]}]", "{\"items\":[]},", "{\"items\":[]}{}",
			"{\"items\":[]} {\"items\":[]}", "{\"items\":[]}\u0000", "{\"items\":[1,]}", "{\"items\":[1 2]}",
			"{\"items\":[],}", "{'items':[]}", "{items:[]}", "{\"items\":[01]}", "{\"items\":[NaN]}",
			"{\"items\":[.5]}", "{\"items\":[\"a\nb\"]}", "{\"items\":[\"\\x\"]}", "{\"items\":[/* */]}",
			"{\"items\":[tru]}", "{\"items\":[{\"\\ud83d\":1}]}", "{\"items\":[1}}", "{\"items\":[]]", "{\"items\"}",
			"{\"items\":}" })
	void ofWhenBodyIsNotOneJsonObjectIsRefused(String body) {
		assertRefused(body.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"items\":[],\"items\":[]}", "{\"url\":\"a\",\"url\":\"a\"}",
			"{\"items\":[],\"items\":\"a\"}", "{\"items\":null,\"items\":[]}", "{\"items\":{},\"items\":[]}",
			"{\"n\":1,\"n\":2}", "{\"url\":\"a\",\"\\u0075rl\":\"b\"}" })
	void ofWhenFieldIsRepeatedIsRefused(String body) {
		assertRefused(body.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@CsvSource({ "UTF-16BE, ''", "UTF-16LE, ''", "UTF-32BE, ''", "UTF-32LE, ''", "UTF-16BE, \ufeff",
			"UTF-16LE, \ufeff" })
	void ofWhenBodyIsNotUtf8IsRefused(Charset charset, String mark) {
		assertRefused((mark + COMPLETE).getBytes(charset));
		assertRefused((mark + "{\"url\":\"https://host/\"}").getBytes(charset));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ff", "80", "c3", "c328", "e282", "e28228", "f09f9a", "f8888080", "eda080" })
	void ofWhenStringIsInvalidUtf8IsRefused(String hex) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes("{\"items\":[\"".getBytes(StandardCharsets.UTF_8));
		body.writeBytes(HexFormat.of().parseHex(hex));
		body.writeBytes("\"]}".getBytes(StandardCharsets.UTF_8));

		assertRefused(body.toByteArray());
	}

	@Test
	void ofWhenBodyStartsWithByteOrderMarkCountsIt() {
		byte[] body = ("\ufeff" + COMPLETE).getBytes(StandardCharsets.UTF_8);

		JsonEnvelope.Items items = JsonEnvelope.of(body).array("items");

		assertThat((char) body[items.open() - 1]).isEqualTo('[');
		assertThat((char) body[items.ranges().getFirst().start()]).isEqualTo('{');
		assertThat((char) body[items.close()]).isEqualTo(']');
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":" })
	void ofWhenNestingHasNoEndIsRefused(String opening) {
		assertRefused(("{\"items\":[" + opening.repeat(1_000_000)).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void ofWhenNestingIsDeepButCompleteIsRefused() {
		String bomb = "{\"items\":[" + "[".repeat(100_000) + "]".repeat(100_000) + "]}";

		assertRefused(bomb.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void ofWhenNumberIsBombIsRefused() {
		assertRefused(("{\"items\":[" + "9".repeat(1_000_000) + "]}").getBytes(StandardCharsets.UTF_8));
	}

	private static void assertRefused(byte[] body) {
		assertThatExceptionOfType(UpstreamException.Malformed.class).isThrownBy(() -> JsonEnvelope.of(body))
			.withMessageStartingWith("the upstream sent a body that is not ")
			.withNoCause();
	}

}
