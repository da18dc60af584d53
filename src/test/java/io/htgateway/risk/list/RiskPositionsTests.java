package io.htgateway.risk.list;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.json.JsonEnvelope.Items;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class RiskPositionsTests {

	private final RiskPositions positions = new RiskPositions();

	private final List<Runnable> passedOn = new CopyOnWriteArrayList<>();

	@BeforeEach
	void collectWhatThisThreadPassesOn() {
		Thread caller = Thread.currentThread();
		Schedulers.onScheduleHook("RiskPositionsTests", (task) -> {
			if (Thread.currentThread() == caller) {
				passedOn.add(task);
			}
			return task;
		});
	}

	@AfterEach
	void reset() {
		Schedulers.resetOnScheduleHook("RiskPositionsTests");
	}

	@Test
	void blockWhenItsResponseIsKeptIsReadOnce() {
		CachedResponse response = response();

		assertThat(block(positions, response).layout()).isSameAs(block(positions, response).layout());
		assertThat(positions.size()).isEqualTo(1);
	}

	@Test
	void blockWhenItsPositionsAreKnownIsNotRead() {
		RiskBlock block = new RiskBlock(response(), new RiskLayout(new Items(10, 13, List.of()), null));
		positions.put(block);

		assertThat(block(positions, block.response()).layout()).isSameAs(block.layout());
	}

	@Test
	void positionsGoWithTheirResponses() {
		for (int number = 0; number < 1_000; number++) {
			block(positions, response());
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

		kept.forEach((response) -> block(few, response));

		Awaitility.await().until(() -> few.size() <= 5);
		assertThat(kept).allSatisfy((response) -> assertThat(block(few, response).size()).isEqualTo(2));
	}

	@Test
	void blockWhenBodyIsLargeIsReadAwayFromTheCallingThreadOnceForAll() {
		CachedResponse response = response("{\"items\":[1,\"" + "a".repeat(100_000) + "\"]}");

		assertThat(Flux.range(0, 20)
			.flatMap((number) -> positions.block(response))
			.map(RiskBlock::layout)
			.distinct(System::identityHashCode)
			.count()
			.block()).isEqualTo(1);
		assertThat(passedOn).hasSize(1);
	}

	private static RiskBlock block(RiskPositions positions, CachedResponse response) {
		return positions.block(response).blockOptional().orElseThrow();
	}

	private static CachedResponse response() {
		return response("{\"items\":[1,2]}");
	}

	private static CachedResponse response(String body) {
		return CachedResponse.of(body.getBytes(StandardCharsets.UTF_8), "application/json",
				Origin.of(Instant.EPOCH, Duration.ZERO));
	}

}
