package io.htgateway.risk.list;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.json.JsonEnvelope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RequestedBlocks} with a cache that is too small for all marks.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.cache.max-size=1MB")
class RequestedBlocksIntegrationTests {

	private static final CachePolicy POLICY = CachePolicy.fresh(Duration.ofHours(1), Duration.ofSeconds(10),
			(failure) -> LoadFailure.FAILED);

	private static final int SEGMENT = 5;

	private static final int BLOCK = 1;

	@Autowired
	private ResponseCache cache;

	@Autowired
	private MutableClock clock;

	@Test
	void addWhenMarkWasEvictedMarksAgain() {
		RequestedBlocks requested = new RequestedBlocks(cache, POLICY, clock);
		RiskBlock head = head();
		requested.served(SEGMENT, head.response());
		requested.add(SEGMENT, BLOCK, head).block();
		assertThat(last(requested, head)).isEqualTo(BLOCK);
		Awaitility.await().until(() -> {
			fill();
			return last(requested, head) == 0;
		});
		clock.advance(Duration.ofMinutes(1));

		requested.add(SEGMENT, BLOCK, head).block();

		assertThat(last(requested, head)).isEqualTo(BLOCK);
	}

	private static int last(RequestedBlocks requested, RiskBlock head) {
		return Objects.requireNonNull(requested.lastOfPreviousList(SEGMENT, head.response()).block());
	}

	// The cache prefers to retain entries that are read often.
	private void fill() {
		for (int number = 0; number < 20; number++) {
			Filler key = new Filler(number);
			cache.offer(key, POLICY, response(new byte[200_000]), null).block();
			for (int read = 0; read < 4; read++) {
				cache.get(key, POLICY, Reach.ONLY_IF_CACHED, (previous) -> Mono.empty()).onErrorComplete().block();
			}
		}
	}

	private RiskBlock head() {
		byte[] body = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
		return new RiskBlock(response(body), RiskLayout.of(JsonEnvelope.of(body)));
	}

	private CachedResponse response(byte[] body) {
		return CachedResponse.of(body, "application/json",
				new Origin(clock.instant(), Duration.ZERO, null, null, "load"));
	}

	private record Filler(int number) implements CacheKey {

		@Override
		public String text() {
			return toString();
		}

	}

}
