package io.htgateway.download.response;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link PresignedUrl}.
 */
class PresignedUrlTests {

	private static final String LINK = "https://bucket.amazonaws.com/dir/key?X-Amz-Signature=canary";

	@Test
	void toStringDoesNotShowTheLink() {
		PresignedUrl link = PresignedUrl.parse(LINK);

		assertThat(link).hasToString("PresignedUrl[******]");
		assertThat(PresignedUrl.of(URI.create(LINK))).hasToString(link.toString());
		assertThat(link.resolve("/other?canary")).hasToString(link.toString());
	}

	@Test
	void parseReturnsTheLinkUnchanged() {
		assertThat(PresignedUrl.parse(LINK).uri()).hasToString(LINK);
		assertThat(PresignedUrl.of(URI.create(LINK)).uri()).hasToString(LINK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://buc ket.amazonaws.com/canary", "https://bucket|.amazonaws.com/canary",
			"https://[canary/", "https://bucket.amazonaws.com\\@canary/", "https://bucket.amazonaws.com/canary\r\nX: y",
			"https://bucket.amazonaws.com/canary\u0000", "https://bucket.amazonaws.com/canary\t",
			"https://bucket.amazonaws.com/canary\ud800", "https://b\u00fccket.amazonaws.com/canary",
			"https://canary.com\uff0eamazonaws.com/", "https://canary.com\u3002amazonaws.com/" })
	void parseWhenTextIsNotUriIsRefusedWithoutShowingIt(String text) {
		assertThatExceptionOfType(DownloadException.TargetRefused.class).isThrownBy(() -> PresignedUrl.parse(text))
			.withMessage("the upstream gave a link that is not a URI")
			.withNoCause();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://b.amazonaws.com/a b?c|https://b.amazonaws.com/a%20b?c
			https://b.amazonaws.com/%zz?%2f|https://b.amazonaws.com/%25zz?%2f
			https://b.amazonaws.com/\u00e9|https://b.amazonaws.com/%C3%A9
			""")
	void parseEncodesInvalidCharacters(String text, String uri) {
		assertThat(PresignedUrl.parse(text).uri()).hasToString(uri);
	}

	@Test
	void parseWhenLinkIsOverLimitIsRefused() {
		String longest = LINK + "a".repeat(32 * 1024 - LINK.length());

		assertThat(PresignedUrl.parse(longest).uri()).hasToString(longest);
		assertThatExceptionOfType(DownloadException.TargetRefused.class)
			.isThrownBy(() -> PresignedUrl.parse(longest + "a"))
			.withMessage("the upstream gave a link over the limit of 32 KB");
	}

	@ParameterizedTest
	@CsvSource({ "https://other.amazonaws.com/x?a=b, https://other.amazonaws.com/x?a=b",
			"/x?a=b, https://bucket.amazonaws.com/x?a=b", "x, https://bucket.amazonaws.com/dir/x",
			"../x, https://bucket.amazonaws.com/x", "//evil.com/x, https://evil.com/x",
			"http://127.0.0.1/x, http://127.0.0.1/x", "?end=1, https://bucket.amazonaws.com/dir/key?end=1" })
	void resolveIsAgainstLinkItself(String location, String expected) {
		assertThat(PresignedUrl.parse(LINK).resolve(location).uri()).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a\r\ncanary", "https://[canary/", "//h|canary/", "/canary\u20ac", "//h\\canary/" })
	void resolveWhenLocationIsNotUriIsRefusedWithoutShowingIt(String location) {
		PresignedUrl link = PresignedUrl.parse(LINK);

		assertThatExceptionOfType(DownloadException.TargetRefused.class).isThrownBy(() -> link.resolve(location))
			.withMessage("the object store gave a redirect to something that is not a URI")
			.withNoCause();
	}

}
