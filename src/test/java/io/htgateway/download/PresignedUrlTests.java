package io.htgateway.download;

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
	void toStringShowsNothingOfLink() {
		PresignedUrl link = PresignedUrl.parse(LINK);

		assertThat(link).hasToString("PresignedUrl[******]");
		assertThat(PresignedUrl.of(URI.create(LINK))).hasToString(link.toString());
		assertThat(link.resolve("/other?canary")).hasToString(link.toString());
	}

	@Test
	void parseKeepsLinkAsItIs() {
		assertThat(PresignedUrl.parse(LINK).uri()).hasToString(LINK);
		assertThat(PresignedUrl.of(URI.create(LINK)).uri()).hasToString(LINK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://bucket.amazonaws.com/a canary", "https://bucket.amazonaws.com/%zzcanary",
			"canary|x", "https://[canary/", " https://canary/", "https://bucket.amazonaws.com/canary\r\nX: y" })
	void parseWhenTextIsNotUriIsRefusedWithoutShowingIt(String text) {
		assertThatExceptionOfType(DownloadException.TargetRefused.class).isThrownBy(() -> PresignedUrl.parse(text))
			.withMessage("the upstream gave a link that is not a URI")
			.withNoCause();
	}

	@ParameterizedTest
	@CsvSource({ "https://other.amazonaws.com/x?a=b, https://other.amazonaws.com/x?a=b",
			"/x?a=b, https://bucket.amazonaws.com/x?a=b", "x, https://bucket.amazonaws.com/dir/x",
			"../x, https://bucket.amazonaws.com/x", "//evil.com/x, https://evil.com/x",
			"http://127.0.0.1/x, http://127.0.0.1/x" })
	void resolveIsAgainstLinkItself(String location, String expected) {
		assertThat(PresignedUrl.parse(LINK).resolve(location).uri()).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a canary", "https://[canary/", "%zzcanary" })
	void resolveWhenLocationIsNotUriIsRefusedWithoutShowingIt(String location) {
		PresignedUrl link = PresignedUrl.parse(LINK);

		assertThatExceptionOfType(DownloadException.TargetRefused.class).isThrownBy(() -> link.resolve(location))
			.withMessage("the upstream gave a redirect to something that is not a URI")
			.withNoCause();
	}

}
