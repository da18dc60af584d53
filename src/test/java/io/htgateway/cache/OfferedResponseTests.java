package io.htgateway.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import io.htgateway.cache.load.Loader;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ResponseCache#offer}.
 */
class OfferedResponseTests extends CacheFixture {

	private static final CacheKey OTHER = new Key(1);

	@Test
	void offerWhenNoOtherLoadMayRunIsStored() {
		ResponseCache narrow = cache(1000, 1);
		Loader loader = (previous) -> narrow.offer(OTHER, POLICY, response("other"), null)
			.thenReturn(Loader.Loaded.fetched(response("own")));

		CacheResult own = Objects.requireNonNull(narrow.get(KEY, POLICY, Reach.LOAD, loader).block());

		assertThat(text(own)).isEqualTo("own");
		assertThat(cached(narrow)).isEqualTo("other");
	}

	@Test
	void offerWhenLoadOfItsKeyFailedIsStoredAndEndsTheBackoff() {
		Loader failing = (previous) -> Mono.error(new IllegalStateException("down"));
		assertThatThrownBy(() -> cache.get(OTHER, POLICY, Reach.LOAD, failing).block()).hasMessage("down");

		cache.offer(OTHER, POLICY, response("other"), null).block();

		assertThat(cached(cache)).isEqualTo("other");
	}

	@Test
	void offerWhenAnotherIsFreshChangesNothingUnlessItIsOutdated() {
		cache.offer(OTHER, POLICY, response("first"), null).block();
		cache.offer(OTHER, POLICY, response("second"), null).block();
		assertThat(cached(cache)).isEqualTo("first");

		CacheResult first = Objects.requireNonNull(cache.get(OTHER, POLICY, Reach.ONLY_IF_CACHED, source).block());
		cache.offer(OTHER, POLICY, response("third"), first.stored()).block();

		assertThat(cached(cache)).isEqualTo("third");
	}

	@Test
	void offerWhenAnotherIsStaleReplacesIt() {
		cache.offer(OTHER, POLICY, response("first"), null).block();
		clock.advance(TTL.plus(Duration.ofSeconds(1)));

		cache.offer(OTHER, POLICY, response("second"), null).block();

		assertThat(cached(cache)).isEqualTo("second");
	}

	private String cached(ResponseCache of) {
		return of.get(OTHER, POLICY, Reach.ONLY_IF_CACHED, source)
			.map(CacheFixture::text)
			.blockOptional()
			.orElseThrow();
	}

	private CachedResponse response(String text) {
		return CachedResponse.of(text.getBytes(StandardCharsets.UTF_8), "text/plain",
				Origin.of(clock.instant(), Duration.ZERO));
	}

}
