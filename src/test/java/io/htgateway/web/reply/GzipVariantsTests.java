package io.htgateway.web.reply;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link GzipVariants}.
 */
class GzipVariantsTests {

	private final Queue<Runnable> work = new ArrayDeque<>();

	private final GzipVariants variants = new GzipVariants(Schedulers.fromExecutor(work::add),
			CachedResponse::withGzip);

	private final List<CachedResponse> completed = new ArrayList<>();

	@Test
	void addWhenManyAskForSameBytesMakesOneVariant() {
		variants.add(response("a")).subscribe(completed::add);
		variants.add(response("a")).subscribe(completed::add);

		assertThat(work).hasSize(1);
		work.remove().run();
		assertThat(completed).hasSize(2);
		assertThat(completed.getFirst().gzip()).isNotNull().isSameAs(completed.getLast().gzip());
	}

	@Test
	void addWhenBytesDifferMakesVariantOfEach() {
		variants.add(response("a")).subscribe(completed::add);
		variants.add(response("b")).subscribe(completed::add);

		assertThat(work).hasSize(2);
		work.forEach(Runnable::run);
		assertThat(completed).extracting(CachedResponse::gzip).doesNotContainNull().doesNotHaveDuplicates();
	}

	@Test
	void addWhenFirstGoesAwayMakesVariantForTheOthers() {
		variants.add(response("a")).subscribe().dispose();
		variants.add(response("a")).subscribe(completed::add);

		assertThat(work).hasSize(1);
		work.remove().run();
		assertThat(completed).singleElement().extracting(CachedResponse::gzip).isNotNull();
	}

	@Test
	void addWhenVariantWasMadeHoldsNothing() {
		variants.add(response("a")).subscribe(completed::add);
		work.remove().run();

		variants.add(response("a")).subscribe(completed::add);

		assertThat(completed).hasSize(1);
		assertThat(work).hasSize(1);
	}

	@Test
	void addLeavesAllElseOfEachResponseAsItIs() {
		CachedResponse older = response("a");
		CachedResponse newer = older.confirmed(Origin.of(Instant.EPOCH.plusSeconds(1), Duration.ZERO));
		variants.add(older).subscribe();
		variants.add(newer).subscribe(completed::add);

		work.remove().run();

		assertThat(completed.getFirst().origin()).isEqualTo(newer.origin());
		assertThat(completed.getFirst().identity()).isSameAs(newer.identity());
	}

	@Test
	void addWhenCompressingFailsGivesAllWhoAskTheResponseAsItIsAndTriesAgain() {
		AtomicInteger tries = new AtomicInteger();
		GzipVariants failing = new GzipVariants(Schedulers.fromExecutor(work::add), (response) -> {
			tries.incrementAndGet();
			throw new OutOfMemoryError("no memory to compress in");
		});
		CachedResponse response = response("a");
		for (int round = 1; round <= 2; round++) {
			failing.add(response).subscribe(completed::add);
			failing.add(response).subscribe(completed::add);
			work.remove().run();

			assertThat(completed).hasSize(2 * round).containsOnly(response);
			assertThat(tries).hasValue(round);
		}
	}

	private static CachedResponse response(String letter) {
		return CachedResponse.of(letter.repeat(2_000).getBytes(StandardCharsets.UTF_8), "application/json",
				Origin.of(Instant.EPOCH, Duration.ZERO));
	}

}
