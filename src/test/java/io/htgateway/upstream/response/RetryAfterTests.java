package io.htgateway.upstream.response;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RetryAfter}.
 */
class RetryAfterTests {

	private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

	@ParameterizedTest
	@CsvSource({ "1, 1", "30, 30", "' 30 ', 30", "007, 7", "3600, 3600", "0, 1", "3601, 3600", "1000000000, 3600",
			"999999999999999999, 3600" })
	void ofWhenHeaderHasSecondsIsWithinOneSecondAndOneHour(String header, long seconds) {
		assertThat(RetryAfter.of(retryAfter(header), "", NOW)).contains(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "30, 30", "3601, 3601", "2592000, 2592000", "999999999999999999, 34560000" })
	void askedWhenHeaderHasSecondsIsWithinOneSecondAnd400Days(String header, long seconds) {
		assertThat(RetryAfter.asked(retryAfter(header), "", NOW)).contains(Duration.ofSeconds(seconds));
		assertThat(RetryAfter.asked(new HttpHeaders(), "{\"retry_after\":" + header + "}", NOW))
			.contains(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-1", "+5", "1.5", "1e9", "soon", "30 s", "\u0663\u0660", "2026-11-02T10:00:42Z",
			"Mon, 02 Nov 2026 10:00:42", "Mon, 32 Nov 2026 10:00:42 GMT", "Tue, 02 Nov 2026 10:00:42 GMT",
			"Tuesday, 02-Nov-26 10:00:42 GMT", "Tue Nov  2 10:00:42 2026", "Mon Nov 2 10:00:42" })
	void ofWhenHeaderIsGarbageIsEmpty(String header) {
		assertThat(RetryAfter.of(retryAfter(header), "", NOW)).isEmpty();
	}

	@Test
	void ofWhenHeaderIsGarbageUsesBody() {
		assertThat(RetryAfter.of(retryAfter("soon"), "{\"retry_after\":42}", NOW)).contains(Duration.ofSeconds(42));
	}

	@Test
	void ofWhenHeaderAndBodyDifferUsesHeader() {
		assertThat(RetryAfter.of(retryAfter("7"), "{\"retry_after\":42}", NOW)).contains(Duration.ofSeconds(7));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Mon, 02 Nov 2026 10:10:42 GMT | 42", "Mon, 02 Nov 2026 10:10:00 GMT | 1",
					"Mon, 02 Nov 2026 09:00:00 GMT | 1", "Mon, 02 Nov 2026 12:00:00 GMT | 3600",
					"Fri, 31 Dec 9999 23:59:59 GMT | 3600" })
	void ofWhenHeaderIsDateCountsFromUpstreamsOwnDate(String header, long seconds) {
		HttpHeaders headers = retryAfter(header);
		headers.set(HttpHeaders.DATE, "Mon, 02 Nov 2026 10:10:00 GMT");

		assertThat(RetryAfter.of(headers, "", NOW)).contains(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Monday, 02-Nov-26 10:00:42 GMT", "Mon Nov  2 10:00:42 2026" })
	void ofWhenHeaderIsDateInObsoleteFormIsAccepted(String header) {
		assertThat(RetryAfter.of(retryAfter(header), "", NOW)).contains(Duration.ofSeconds(42));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Saturday, 02-Nov-75 10:00:42 GMT | 3600",
			"Wednesday, 02-Nov-77 10:00:42 GMT | 1", "Sunday, 31-Oct-99 10:00:42 GMT | 1" })
	void ofWhenYearHasTwoDigitsIsAtMostFiftyYearsAhead(String header, long seconds) {
		assertThat(RetryAfter.of(retryAfter(header), "", NOW)).contains(Duration.ofSeconds(seconds));
	}

	@Test
	void ofWhenHeaderIsDateAndUpstreamGivesNoDateCountsFromNow() {
		assertThat(RetryAfter.of(retryAfter("Mon, 02 Nov 2026 10:00:42 GMT"), "", NOW))
			.contains(Duration.ofSeconds(42));
	}

	@Test
	void ofWhenHeaderIsDateAndUpstreamsDateIsGarbageCountsFromNow() {
		HttpHeaders headers = retryAfter("Mon, 02 Nov 2026 10:00:42 GMT");
		headers.set(HttpHeaders.DATE, "today");

		assertThat(RetryAfter.of(headers, "", NOW)).contains(Duration.ofSeconds(42));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "{\"retry_after\":42} | 42", "{\"retryAfter\": 42, \"a\": 1} | 42",
					"{ \"error\" : \"x\" , \"retry_after\" : \"42\" } | 42", "{\"retry_after\":42.9} | 42",
					"{\"retry_after\":0} | 1", "{\"retry_after\":1000000000} | 3600",
					"{\"retry_after\":99999999999999999999} | 3600", "{\"details\":{\"retry_after\":42}} | 42",
					"{\"retry_after_ms\":41001} | 42", "{\"retryAfterMs\":42000} | 42", "{\"retryAfterMillis\":1} | 1",
					"{\"retry_after\":\"42s\"} | 42", "{\"retry_after\":\"42000ms\"} | 42",
					"{\"retry_after_ms\":99999999999999999999} | 3600" })
	void ofWhenHeaderIsAbsentUsesBody(String body, long seconds) {
		assertThat(RetryAfter.of(new HttpHeaders(), body, NOW)).contains(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "<html>429</html>", "{\"retry_after\":-1}", "{\"retry_after\":null}",
			"{\"retry_after\":\"soon\"}", "{\"retry_after\":1e9}", "{\"retry_after\":[42]}", "{\"retry_after\":42",
			"{\"other\":42}" })
	void ofWhenBodyHasNoUsableNumberIsEmpty(String body) {
		assertThat(RetryAfter.of(new HttpHeaders(), body, NOW)).isEmpty();
	}

	private static HttpHeaders retryAfter(String value) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, value);
		return headers;
	}

}
