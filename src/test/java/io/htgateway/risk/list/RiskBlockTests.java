package io.htgateway.risk.list;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.response.UpstreamException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link RiskBlock}.
 */
class RiskBlockTests {

	@ParameterizedTest
	@CsvSource({ "0, false", "1, false", "499, false", "500, true" })
	void isFullWhenUpstreamGaveAllItGivesAtOnce(int size, boolean full) {
		String items = IntStream.range(0, size).mapToObj("{\"id\":%d}"::formatted).collect(Collectors.joining(","));

		RiskBlock block = block(response("{\"items\":[" + items + "]}"));

		assertThat(block.size()).isEqualTo(size);
		assertThat(block.isFull()).isEqualTo(full);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"items\":{}}", "{\"items\":null}", "{\"data\":{\"items\":[]}}", "{\"Items\":[]}",
			"{\"error\":\"x\"}", "[]", "", "{\"items\":[" })
	void ofWhenAnswerHasNoItemsIsRefused(String body) {
		CachedResponse response = response(body);

		assertThatExceptionOfType(UpstreamException.Malformed.class).isThrownBy(() -> block(response));
	}

	private static RiskBlock block(CachedResponse response) {
		return new RiskBlock(response, RiskLayout.of(JsonEnvelope.of(response.identity().bytes())));
	}

	private static CachedResponse response(String body) {
		return CachedResponse.of(body.getBytes(StandardCharsets.UTF_8), "application/json",
				Origin.of(Instant.EPOCH, Duration.ZERO));
	}

}
