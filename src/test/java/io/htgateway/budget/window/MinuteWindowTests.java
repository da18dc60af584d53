package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import io.htgateway.budget.Priority;
import io.htgateway.budget.Shares;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link MinuteWindow}.
 */
class MinuteWindowTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	// Arrivals come in bursts after pauses of all lengths, each at the earliest possible
	// moment.
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 20, 60, 100, 500 })
	void noMinuteExceedsItsLimitWhereverItBegins(int limit) {
		Random random = new Random(limit);
		MinuteWindow window = new MinuteWindow(MinuteRate.ofOne(limit), 0.1, Shares.NONE, clock);
		Deque<Instant> lastMinute = new ArrayDeque<>();
		int most = 0;
		for (int arrival = 0; arrival < 200_000; arrival++) {
			if (random.nextInt(20) == 0) {
				clock.advance(Duration.ofMillis((long) Math.exp(random.nextDouble(11))));
			}
			if (window.allows(Priority.INTERACTIVE)) {
				window.count("anyone");
				lastMinute.addLast(clock.instant());
			}
			while (!lastMinute.isEmpty() && lastMinute.getFirst().isBefore(clock.instant().minusSeconds(60))) {
				lastMinute.removeFirst();
			}
			most = Math.max(most, lastMinute.size());
		}
		assertThat(most).isLessThanOrEqualTo(limit).isGreaterThanOrEqualTo(Math.max(1, limit * 2 / 3));
	}

	@ParameterizedTest
	@CsvSource({ "60, 40, 3250", "100, 66, 1911", "500, 333, 389", "1, 1, 65000", "2, 1, 65000" })
	void burstIsTwoThirdsAndWaitIsUntilNextCall(int limit, int burst, long waitMillis) {
		MinuteWindow window = new MinuteWindow(MinuteRate.ofOne(limit), 0.1, Shares.NONE, clock);

		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(burst);
		assertThat(window.wait(Priority.INTERACTIVE).toMillis()).isEqualTo(waitMillis);
		clock.advance(window.wait(Priority.INTERACTIVE).minusMillis(1));
		assertThat(window.allows(Priority.INTERACTIVE)).isFalse();
		clock.advance(Duration.ofMillis(2));
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(1);
	}

	@Test
	void refreshLeavesReserveToInteractiveCalls() {
		MinuteWindow window = new MinuteWindow(MinuteRate.ofOne(60), 0.1, Shares.NONE, clock);

		assertThat(drain(window, Priority.REFRESH)).isEqualTo(36);
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(4);
		clock.advance(window.wait(Priority.REFRESH));
		assertThat(window.available()).isEqualTo(5);
		assertThat(drain(window, Priority.REFRESH)).isEqualTo(1);
	}

	@Test
	void restoreAddsTheRefillToTheCallsLeft() {
		MinuteWindow window = new MinuteWindow(MinuteRate.ofOne(60), 0.1, Shares.NONE, clock);

		window.restore(10, Duration.ofMillis(32_500));

		assertThat(window.available()).isEqualTo(20);
	}

	@ParameterizedTest
	@CsvSource({ "40, 0, 40", "0, 3600000, 40", "1000, 0, 40", "-1, 0, 0", "5, -1000, 5" })
	void restoreWhenValuesAreOutOfRangeStaysWithinBurst(long left, long sinceMillis, long available) {
		MinuteWindow window = new MinuteWindow(MinuteRate.ofOne(60), 0.1, Shares.NONE, clock);

		window.restore(left, Duration.ofMillis(sinceMillis));

		assertThat(window.available()).isEqualTo(available);
	}

	@Test
	void clockThatJumpsBackNeitherAddsNorRemovesCalls() {
		SetClock set = new SetClock(clock.instant());
		MinuteWindow window = new MinuteWindow(MinuteRate.ofOne(60), 0.1, Shares.NONE, set.dates());
		drain(window, Priority.INTERACTIVE);

		set.set(Duration.ofHours(-5));
		assertThat(window.allows(Priority.INTERACTIVE)).isFalse();

		set.pass(Duration.ofMillis(3_250));
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(1);
	}

	private static int drain(MinuteWindow window, Priority priority) {
		int calls = 0;
		while (window.allows(priority)) {
			window.count("anyone");
			calls++;
		}
		return calls;
	}

}
