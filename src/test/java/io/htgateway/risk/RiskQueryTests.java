package io.htgateway.risk;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.web.RefusedParameters;
import io.htgateway.web.problem.ParameterError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests of {@link RiskQuery}.
 */
class RiskQueryTests {

	private static final RiskProperties PROPERTIES = new RiskProperties(Duration.ofMinutes(5), Duration.ZERO,
			Duration.ZERO, List.of("1-16", "21"), true);

	private static final String LIMIT = "must be an integer from 1 to 500";

	private static final String OFFSET = "must be an integer from 0 to 1000000";

	@ParameterizedTest
	@CsvSource({ "'', 0,", "?, 0,", "?offset=0, 0,", "?offset=1000000, 1000000,", "?limit=1, 0, 1",
			"?limit=500, 0, 500", "?limit=007&offset=0010, 10, 7", "?offset=294&limit=%35, 294, 5",
			"?%6cimit=5, 0, 5" })
	void ofWhenParametersAreRightHasTheirValues(String parameters, int offset, @Nullable Integer limit) {
		assertThat(query("5", parameters)).isEqualTo(new RiskQuery(5, offset, limit));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "16, 16", "05, 5", "21, 21" })
	void ofWhenSegmentIsKnownHasIt(String segment, int id) {
		assertThat(query(segment, "").segment()).isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "17", "20", "22", "-1", "+5", "5.0", "1e1", "x", " 5", "0x5", "1-16", "4294967301",
			"99999999999999999999", "\u0665" })
	void ofWhenSegmentIsUnknownIsRefused(String segment) {
		assertThat(refused(segment, ""))
			.containsExactly(new ParameterError("segmentId", "must be the id of a cohort: 1-16, 21", segment));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "501", "-1", "%2B5", "+5", "1.0", "1e2", "x", "", "0x5", "1,2", "4294967301",
			"%D9%A5", "%EF%BC%95", "5%00", "%205" })
	void ofWhenLimitIsWrongIsRefused(String value) {
		assertThat(refused("5", "?limit=" + value)).extracting(ParameterError::parameter, ParameterError::message)
			.containsExactly(tuple("limit", LIMIT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1000001", "4294967296", "x", "", "0.0", "%D9%A0" })
	void ofWhenOffsetIsWrongIsRefused(String value) {
		assertThat(refused("5", "?offset=" + value)).extracting(ParameterError::parameter, ParameterError::message)
			.containsExactly(tuple("offset", OFFSET));
	}

	@Test
	void ofWhenEverythingIsWrongNamesAllOfIt() {
		assertThat(refused("17", "?limit&offset=5&offset=6&page=2&LIMIT=3")).containsExactlyInAnyOrder(
				new ParameterError("segmentId", "must be the id of a cohort: 1-16, 21", "17"),
				new ParameterError("limit", LIMIT, null),
				new ParameterError("offset", "must not be given more than once", "5, 6"),
				new ParameterError("page", "is not a parameter of this endpoint; allowed: limit, offset", "2"),
				new ParameterError("LIMIT", "is not a parameter of this endpoint; did you mean limit?", "3"));
	}

	@Test
	void ofWhenCursorIsGivenDoesNotSuggestWhatIsNotHere() {
		assertThat(refused("5", "?cursor=a")).extracting(ParameterError::message)
			.containsExactly("is not a parameter of this endpoint; allowed: limit, offset");
	}

	private static RiskQuery query(String segment, String parameters) {
		URI uri = URI.create("/api/external/5/assets/liquidation-risk" + parameters);
		return RequestParameters.read(MockServerHttpRequest.method(HttpMethod.GET, uri).build(),
				Map.of("segmentId", segment), RiskEndpoint.DOCUMENT.queryParameters(),
				(read) -> RiskQuery.of(read, PROPERTIES));
	}

	private static List<ParameterError> refused(String segment, String parameters) {
		return RefusedParameters.by(() -> query(segment, parameters));
	}

}
