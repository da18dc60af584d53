package io.htgateway.upstream.response;

import io.htgateway.secret.RotatingSecret;
import io.htgateway.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UpstreamErrorBody}.
 */
class UpstreamErrorBodyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "{\"statusCode\":400,\"message\":\"bad coin\",\"error\":\"Bad Request\"} | bad coin",
					"{\"message\":[\"one\",\"two\"],\"error\":\"Bad Request\"} | one; two",
					"{\"message\":[1,\"one\",null,{}]} | one", "{\"error\":\"Bad Request\"} | Bad Request",
					"{\"message\":\"\",\"error\":\"Bad Request\"} | Bad Request",
					"{\"message\":{\"a\":1},\"error\":\"Bad Request\"} | Bad Request",
					"{\"message\":[],\"error\":[\"Bad\",\"Request\"]} | Bad; Request" })
	void messageIsFromMessageElseFromError(String body, String expected) {
		assertThat(message(body)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "1", "\"text\"", "[]", "{}", "{\"message\":null}", "{\"message\":400}",
			"<html>no</html>", "{\"message\":\"cut", "{\"message\":\"a\"}garbage{" })
	void messageWhenBodyHasNoneIsEmpty(String body) {
		assertThat(message(body)).isEmpty();
	}

	@Test
	void messageWhenNestingHasNoEndIsEmpty() {
		assertThat(message("{\"message\":" + "[".repeat(100_000))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "see https://host/a?X-Amz-Signature=canary now", "see HTTPS://canary now",
			"see s3://canary/x now", "see=(ftp://user:canary@host) now", "see_https://canary now",
			"see 1https://canary now" })
	void messageWhenItHasLinkHidesIt(String text) {
		assertThat(message("{\"message\":\"" + text + "\"}")).startsWith("see")
			.contains("[link]")
			.endsWith("now")
			.doesNotContainIgnoringCase("canary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\\r\\nb", "a\\tb", "a \\u0000 b", "a\\u001b\\u007fb", "\\n a\\n\\n b \\n" })
	void messageIsOneLineWithoutControlCharacters(String escaped) {
		assertThat(message("{\"message\":\"" + escaped + "\"}")).isEqualTo("a b");
	}

	@Test
	void messageWhenItHasFiveHundredCharactersIsWhole() {
		String text = "x".repeat(500);

		assertThat(message("{\"message\":\"" + text + "\"}")).isEqualTo(text);
	}

	@Test
	void messageWhenItIsLongerIsCut() {
		String text = "x".repeat(501);

		assertThat(message("{\"message\":\"" + text + "\"}")).isEqualTo("x".repeat(500) + "...");
	}

	private static String message(String body) {
		return UpstreamErrorBody.message(body, new RotatingSecret(Secret.of("the-key")));
	}

}
