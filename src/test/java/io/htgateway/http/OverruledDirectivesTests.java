package io.htgateway.http;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link OverruledDirectives}.
 */
@ExtendWith(OutputCaptureExtension.class)
class OverruledDirectivesTests {

	private static final String ENDPOINT = "/a/{b}/c";

	private final OverruledDirectives directives = new OverruledDirectives("upstream");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			no-store | [no-store]
			private | [private]
			No-Store | [no-store]
			max-age=0,PRIVATE | [private]
			max-age=0 ,\t no-store , must-revalidate | [no-store]
			private, no-store, private | [private, no-store]
			ext="a, b", no-store | [no-store]
			ext="a\\", b", no-store | [no-store]
			,, no-store, | [no-store]
			""")
	void noteWhenStoringIsForbiddenNamesDirective(String value, String named, CapturedOutput output) {
		note(value);

		assertThat(warnings(output)).singleElement().asString().contains(" WARN ").endsWith("directives=" + named);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "max-age=300", "public", "no-cache", "private=\"set-cookie\"", "no-storeroom", "x-no-store",
					"not private", "ext=\"private, no-store\"", "ext=\"a\\\", no-store, \\\"b\"", "ext=no-store" })
	void noteWhenStoringIsAllowedLogsNothing(String value, CapturedOutput output) {
		note(value);

		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void noteWhenThereAreSeveralLinesReadsAll(CapturedOutput output) {
		note("max-age=0", "must-revalidate, private", "no-store");

		assertThat(warnings(output)).singleElement().asString().endsWith("directives=[private, no-store]");
	}

	@Test
	void noteWhenThereIsNoLineLogsNothing(CapturedOutput output) {
		note();

		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void noteWhenLoggedBeforeLogsNothing(CapturedOutput output) {
		note("max-age=0");
		note("no-store");
		note("no-store");
		note("private");

		assertThat(warnings(output)).singleElement().asString().contains("[no-store]");
	}

	@Test
	void noteWhenEndpointIsAnotherLogsAgain(CapturedOutput output) {
		note("no-store");
		directives.note("/d", headers("private"));

		assertThat(warnings(output)).satisfiesExactly(
				(line) -> assertThat(line).contains("endpoint=/a/{b}/c directives=[no-store]"),
				(line) -> assertThat(line).contains("endpoint=/d directives=[private]"));
	}

	@Test
	void noteWhenServerHasNoEndpointsLogsOnceAndNamesTheServer(CapturedOutput output) {
		OverruledDirectives store = new OverruledDirectives("object store");

		store.note(headers("max-age=0"));
		store.note(headers("no-store"));
		store.note(headers("private"));

		assertThat(warnings(output)).singleElement()
			.asString()
			.endsWith(
					"Ignoring the Cache-Control of the object store; the configured ttl applies: directives=[no-store]");
	}

	private void note(String... values) {
		directives.note(ENDPOINT, headers(values));
	}

	// Gateways of other tests may still log.
	private static List<String> warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("Cache-Control")).toList();
	}

	private static HttpHeaders headers(String... values) {
		HttpHeaders headers = new HttpHeaders();
		headers.addAll(HttpHeaders.CACHE_CONTROL, List.of(values));
		return headers;
	}

}
