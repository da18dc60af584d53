package io.htgateway.fills;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fills of ranges whose end is long past.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.fills.settled-ttl=7d")
class SettledFillsIntegrationTests {

	private static final String PATH = "/api/external/fills/liquidation";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void rangeWhoseEndIsPastIsLoadedOnceInItsLifetime() {
		String target = range(now().minus(Duration.ofHours(3)), now().minus(Duration.ofMinutes(61)));
		Gateway.Response first = gateway.get(target);
		clock.advance(Duration.ofDays(7).minusSeconds(1));
		Gateway.Response last = gateway.get(target);

		assertThat(first.header("Cache-Control")).isEqualTo("max-age=604800");
		assertThat(last.body()).isEqualTo(first.body());
		assertThat(last.header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=1");
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(1);
		clock.advance(Duration.ofSeconds(1));
		gateway.get(target);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@Test
	void rangeThatReachesIntoTheLastHourIsLoadedEachSecond() {
		String target = range(now().minus(Duration.ofHours(3)), now().minus(Duration.ofMinutes(59)));
		gateway.get(target);
		clock.advance(Duration.ofSeconds(1));

		assertThat(gateway.get(target).header("Cache-Control")).isEqualTo("max-age=1");
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	@Test
	void rangeWithoutEndIsPastThreeMonthsAfterItsStart() {
		Gateway.Response past = gateway.get(PATH + "?limit=2&start=" + now().minus(Duration.ofDays(93)));
		Gateway.Response recent = gateway.get(PATH + "?limit=2&start=" + now().minus(Duration.ofDays(80)));

		assertThat(past.header("Cache-Control")).isEqualTo("max-age=604800");
		assertThat(recent.header("Cache-Control")).isEqualTo("max-age=1");
	}

	@Test
	void newestFillsAreNeverPast() {
		assertThat(gateway.get(PATH + "?limit=2").header("Cache-Control")).isEqualTo("max-age=1");
	}

	@Test
	void monthThatIsReplayedCostsNoCallTheSecondTime() {
		Instant start = Instant.parse("2026-04-01T00:00:00Z");
		List<byte[]> first = replay(start);
		int calls = upstream.calls(Endpoint.FILLS);
		List<byte[]> second = replay(start);

		assertThat(calls).isEqualTo(first.size()).isGreaterThan(60);
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(calls);
		assertThat(second).hasSameSizeAs(first);
		for (int page = 0; page < first.size(); page++) {
			assertThat(second.get(page)).isEqualTo(first.get(page));
		}
	}

	@Test
	void purgeReachesPastFills() {
		String target = range(now().minus(Duration.ofHours(30)), now().minus(Duration.ofHours(20)));
		gateway.get(target);
		gateway.actuator("DELETE", "/gateway?endpoint=fills");
		gateway.get(target);

		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(2);
	}

	// Thirty days, and at most five pages of each.
	private List<byte[]> replay(Instant start) {
		List<byte[]> pages = new ArrayList<>();
		for (int day = 0; day < 30; day++) {
			Instant from = start.plus(Duration.ofDays(day));
			String target = range(from, from.plus(Duration.ofDays(1)));
			@Nullable String cursor = "";
			for (int page = 0; page < 5 && cursor != null; page++) {
				Gateway.Response response = gateway.get(target + cursor);
				assertThat(response.status()).isEqualTo(200);
				pages.add(response.body());
				cursor = next(response);
			}
		}
		return pages;
	}

	private static @Nullable String next(Gateway.Response response) {
		String cursor = response.json().path("nextCursor").asString("");
		return cursor.isEmpty() ? null : "&nextCursor=" + UriUtils.encode(cursor, UTF_8);
	}

	private Instant now() {
		return clock.instant();
	}

	private static String range(Instant start, Instant end) {
		return PATH + "?limit=3&start=" + start + "&end=" + end;
	}

}
