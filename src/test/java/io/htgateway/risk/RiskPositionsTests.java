package io.htgateway.risk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Origin;
import io.htgateway.upstream.json.JsonEnvelope.Items;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RiskPositionsTests {

	private final RiskPositions positions = new RiskPositions();

	@Test
	void blockWhenItsResponseIsKeptIsReadOnce() {
		CachedResponse response = response();

		assertThat(positions.block(response).items()).isSameAs(positions.block(response).items());
		assertThat(positions.size()).isEqualTo(1);
	}

	@Test
	void blockWhenItsPositionsAreKnownIsNotRead() {
		RiskBlock block = new RiskBlock(response(), new Items(10, 13, List.of()));
		positions.put(block);

		assertThat(positions.block(block.response()).items()).isSameAs(block.items());
	}

	@Test
	void positionsGoWithTheirResponses() {
		for (int number = 0; number < 1_000; number++) {
			positions.block(response());
		}

		Awaitility.await().until(() -> {
			System.gc();
			return positions.size() == 0;
		});
	}

	@Test
	void positionsWhenTheyTakeTooMuchArePushedOutAndFoundAgain() {
		RiskPositions few = new RiskPositions(1_000);
		List<CachedResponse> kept = Stream.generate(RiskPositionsTests::response).limit(100).toList();

		kept.forEach(few::block);

		Awaitility.await().until(() -> few.size() <= 5);
		assertThat(kept).allSatisfy((response) -> assertThat(few.block(response).size()).isEqualTo(2));
	}

	private static CachedResponse response() {
		return CachedResponse.of("{\"items\":[1,2]}".getBytes(StandardCharsets.UTF_8), "application/json",
				Origin.of(Instant.EPOCH, Duration.ZERO));
	}

}
