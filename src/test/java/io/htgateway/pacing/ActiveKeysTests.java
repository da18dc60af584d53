package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.cache.store.HitCount;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ActiveKeys}.
 */
class ActiveKeysTests {

	private static final Duration TTL = Duration.ofMinutes(5);

	private static final Duration MAX_TTL = Duration.ofMinutes(30);

	private static final PacedKeys.Key KEY = new PacedKeys.Key(1);

	private final HitCount requests = new HitCount();

	private Instant now = Instant.parse("2026-11-01T00:00:00Z");

	private final ActiveKeys keys = new ActiveKeys(now);

	@Test
	void keyThatIsRequestedOnceAnHourStaysInUseUntilItIsNoLongerRequested() {
		load(KEY);
		request();
		pass(Duration.ofSeconds(1));
		for (int hour = 0; hour < 24; hour++) {
			request();
			pass(Duration.ofMinutes(59));
			assertThat(keys.find(KEY, now)).isNotNull();
			pass(Duration.ofMinutes(1));
		}

		pass(Duration.ofHours(6));

		assertThat(keys.find(KEY, now)).isNull();
	}

	@Test
	void keyThatWasRequestedOftenIsNotInUseAfterALifetimeWithoutRequests() {
		load(KEY);
		for (int second = 0; second < 1000; second++) {
			request();
			pass(Duration.ofSeconds(1));
		}

		pass(TTL);

		assertThat(keys.find(KEY, now)).isNull();
		assertThat(keys.count(now)).isZero();
	}

	@Test
	void demandForAKeyThatIsUsedAgainIsRemembered() {
		load(KEY);
		for (int second = 0; second < 1000; second++) {
			request();
			pass(Duration.ofSeconds(1));
		}
		pass(Duration.ofMinutes(10));

		assertThat(load(KEY).demand().requests()).isGreaterThan(500);
		pass(Duration.ofDays(1));
		assertThat(load(KEY).demand().requests()).isZero();
	}

	@Test
	void keysBeyondTheLimitAreNotInUseUntilOthersAreNoLonger() {
		for (int key = 0; key < 10_001; key++) {
			load(new PacedKeys.Key(key));
		}
		assertThat(keys.count(now)).isEqualTo(10_000);

		pass(Duration.ofHours(1));
		load(new PacedKeys.Key(10_001));

		assertThat(keys.count(now)).isEqualTo(1);
	}

	private KeyUsage load(PacedKeys.Key key) {
		return keys.load(key, TTL, MAX_TTL, 1, now);
	}

	private void request() {
		KeyUsage found = keys.find(KEY, now);
		KeyUsage usage = (found != null) ? found : keys.request(KEY, TTL, 1, now);
		usage.demand().countIn(requests);
		usage.request(now);
		requests.add();
	}

	private void pass(Duration time) {
		now = now.plus(time);
		keys.plan(now, 0.01, 2);
	}

}
