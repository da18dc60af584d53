package io.htgateway.cache.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseCodecTests {

	private static final Instant FETCHED = Instant.parse("2026-11-02T10:00:00Z");

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 5000 })
	void readOfWrittenIsTheSame(int size) {
		Entry entry = entry(size);

		assertThat(ResponseCodec.read(ResponseCodec.write(entry), 0, FETCHED)).hasValueSatisfying((read) -> {
			assertThat(read.lifetime()).isEqualTo(entry.lifetime());
			assertThat(read.response().origin()).isEqualTo(entry.response().origin());
			assertThat(read.response().contentType()).isEqualTo("text/plain");
			assertThat(read.response().identity().bytes()).isEqualTo(entry.response().identity().bytes());
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 5000 })
	void readWhenAnyByteIsDamagedOrMissingIsNothing(int size) {
		byte[] good = ResponseCodec.write(entry(size));

		assertThat(IntStream.range(0, good.length)).allSatisfy((at) -> {
			byte[] damaged = good.clone();
			damaged[at] ^= 1;
			assertThat(ResponseCodec.read(damaged, 0, FETCHED)).isEmpty();
		});
		assertThat(ResponseCodec.read(good, 1, FETCHED)).isEmpty();
	}

	private static Entry entry(int size) {
		Origin origin = new Origin(FETCHED, Duration.ofSeconds(4), "\"tag\"", Instant.parse("2026-11-01T10:00:00Z"));
		return new Entry(CachedResponse.of("a".repeat(size).getBytes(StandardCharsets.UTF_8), "text/plain", origin),
				Duration.ofMinutes(5));
	}

}
