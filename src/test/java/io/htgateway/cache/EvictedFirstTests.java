package io.htgateway.cache;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Past pages in a memory of 1 MB beside responses that change.
 */
class EvictedFirstTests extends CacheFixture {

	private static final int BODY = 20_000;

	@Test
	void responsesThatWereStoredBeforeRemainWhenPastPagesAreMoreThanTheMemory() {
		keys(20).forEach(this::load);

		pages(200).forEach(this::load);

		assertThat(keys(20)).allMatch(this::isStored);
		assertThat(pages(200).filter(this::isStored)).hasSizeBetween(5, 31).contains(new Page(199));
	}

	@Test
	void responsesReplacePastPagesThatFillTheMemory() {
		pages(200).forEach(this::load);

		keys(40).forEach(this::load);

		assertThat(keys(40)).allMatch(this::isStored);
	}

	@Test
	void pastPagesTakeTheSpaceOfOneWhileResponsesAloneFillTheMemory() {
		keys(200).forEach(this::load);
		long before = keys(200).filter(this::isStored).count();

		pages(200).forEach(this::load);

		assertThat(keys(200).filter(this::isStored).count()).isBetween(before - 4, before);
	}

	@Test
	void responsesRemainWhenPastPagesAreStoredAtTheSameTime() {
		keys(20).forEach(this::load);

		Flux.fromStream(pages(400))
			.flatMap((page) -> get(page, Reach.LOAD).subscribeOn(Schedulers.boundedElastic()), 4)
			.blockLast();

		assertThat(keys(20)).allMatch(this::isStored);
	}

	private void load(CacheKey key) {
		assertThat(get(key, Reach.LOAD).block()).isNotNull();
	}

	private boolean isStored(CacheKey key) {
		return get(key, Reach.ONLY_IF_CACHED).onErrorComplete().block() != null;
	}

	private Mono<CacheResult> get(CacheKey key, Reach reach) {
		return cache.get(key, POLICY, reach, (previous) -> Mono.fromSupplier(() -> {
			byte[] body = new byte[BODY];
			ThreadLocalRandom.current().nextBytes(body);
			return Loaded.fetched(
					CachedResponse.of(body, "application/octet-stream", Origin.of(clock.instant(), Duration.ZERO)));
		}));
	}

	private static Stream<CacheKey> keys(int count) {
		return IntStream.range(0, count).mapToObj(Key::new);
	}

	private static Stream<CacheKey> pages(int count) {
		return IntStream.range(0, count).mapToObj(Page::new);
	}

	private record Page(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

		@Override
		public boolean isEvictedFirst() {
			return true;
		}

	}

}
