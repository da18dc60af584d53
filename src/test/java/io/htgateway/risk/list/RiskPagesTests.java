package io.htgateway.risk.list;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.work.Work;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RiskPages}: a page is cut once, and later the same object with its hash
 * is returned.
 */
class RiskPagesTests {

	private static final RiskRange RANGE = new RiskRange(5, 0, 2, false);

	private final RiskPages pages = new RiskPages();

	@Test
	void pageWhenCutBeforeIsNotCutAgain() {
		CachedResponse page = page(list("a", "1"), RANGE);

		assertThat(page(list("a", "1"), RANGE)).isSameAs(page);
		assertThat(pages.find("a", RANGE)).isSameAs(page);
		assertThat(pages.find("a", new RiskRange(5, 0, 3, false))).isNull();
	}

	@Test
	void pageWhenListWasLoadedAgainIsOfTheNewLoad() {
		CachedResponse page = page(list("a", "1"), RANGE);

		assertThat(pages.find("b", RANGE)).isNull();
		assertThat(page(list("b", "1"), RANGE)).isNotSameAs(page);
	}

	@Test
	void pageWhenLargeIsCutOnceAwayFromTheCallingThread() {
		RiskList list = list("a", "\"" + "1".repeat(100_000) + "\"");

		assertThat(Flux.range(0, 20)
			.flatMap((number) -> pages.page(list, RANGE))
			.distinct(System::identityHashCode)
			.count()
			.block()).isEqualTo(1);
		assertThat(Work.on(list.length(0, 1), () -> Thread.currentThread().getName()).block())
			.startsWith("boundedElastic-");
	}

	private CachedResponse page(RiskList list, RiskRange range) {
		return Objects.requireNonNull(pages.page(list, range).block());
	}

	private static RiskList list(String load, String item) {
		byte[] body = "{\"items\":[%s,2,3]}".formatted(item).getBytes(StandardCharsets.UTF_8);
		CachedResponse response = CachedResponse.of(body, "application/json",
				new Origin(Instant.EPOCH, Duration.ZERO, null, null, load));
		return new RiskList(List.of(new RiskBlock(response, RiskLayout.of(JsonEnvelope.of(body)))));
	}

}
