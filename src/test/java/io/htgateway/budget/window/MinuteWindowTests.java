package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;

import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
		MinuteWindow window = new MinuteWindow(limit, 0.1, Shares.NONE, clock);
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
		assertThat(most).isEqualTo(limit);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 60, 500 })
	void wholeLimitIsAvailableAtOnceAndTheNextCallWhenTheFirstHasLeftTheMinute(int limit) {
		MinuteWindow window = new MinuteWindow(limit, 0.1, Shares.NONE, clock);

		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(limit);
		assertThat(window.wait(Priority.INTERACTIVE)).isEqualTo(MinuteWindow.LENGTH);
		clock.advance(MinuteWindow.LENGTH.minusMillis(1));
		assertThat(window.allows(Priority.INTERACTIVE)).isFalse();
		assertThat(window.wait(Priority.INTERACTIVE)).isEqualTo(Duration.ofMillis(1));
		clock.advance(Duration.ofMillis(1));
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(limit);
	}

	@Test
	void callsLeaveTheMinuteOneByOne() {
		MinuteWindow window = new MinuteWindow(3, 0, Shares.NONE, clock);
		for (int call = 0; call < 3; call++) {
			window.count("anyone");
			clock.advance(Duration.ofSeconds(10));
		}

		assertThat(window.wait(Priority.INTERACTIVE)).isEqualTo(MinuteWindow.LENGTH.minusSeconds(30));
		clock.advance(window.wait(Priority.INTERACTIVE));
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(1);
		assertThat(window.wait(Priority.INTERACTIVE)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void refreshLeavesReserveToInteractiveCalls() {
		MinuteWindow window = new MinuteWindow(60, 0.1, Shares.NONE, clock);

		assertThat(drain(window, Priority.REFRESH)).isEqualTo(54);
		clock.advance(Duration.ofSeconds(1));
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(6);
		assertThat(window.wait(Priority.REFRESH)).isEqualTo(MinuteWindow.LENGTH.minusSeconds(1));
		clock.advance(window.wait(Priority.REFRESH));
		assertThat(drain(window, Priority.REFRESH)).isEqualTo(48);
	}

	@Test
	void releasedCallIsAvailableAgain() {
		MinuteWindow window = new MinuteWindow(2, 0, Shares.NONE, clock);
		Instant first = clock.instant();
		window.count("anyone");
		clock.advance(Duration.ofSeconds(20));
		window.count("anyone");

		window.release(first, "anyone");

		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(1);
		assertThat(window.wait(Priority.INTERACTIVE)).isEqualTo(MinuteWindow.LENGTH);
	}

	@Test
	void releaseOfACallThatHasLeftTheMinuteChangesNothing() {
		MinuteWindow window = new MinuteWindow(2, 0, Shares.NONE, clock);
		Instant first = clock.instant();
		window.count("anyone");
		clock.advance(MinuteWindow.LENGTH);
		drain(window, Priority.INTERACTIVE);

		window.release(first, "anyone");

		assertThat(window.allows(Priority.INTERACTIVE)).isFalse();
	}

	@Test
	void restoreCountsEarlierCallsByTheirDates() {
		MinuteWindow window = new MinuteWindow(60, 0.1, Shares.NONE, clock);
		Instant now = clock.instant();

		window.restore(Map.of(now.minusSeconds(70), 20L, now.minusSeconds(40), 10L, now.plusSeconds(5), 5L),
				Map.of(now.minusSeconds(1), 15L));

		assertThat(window.snapshot(now).used()).isEqualTo(15);
		assertThat(window.snapshot(now).assumed()).isEqualTo(15);
		assertThat(window.available()).isEqualTo(30);
		clock.advance(Duration.ofSeconds(23));
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(40);
	}

	@Test
	void restoreUnknownAssumesTheWholeLimitButNoImpossibleNumberOfCalls() {
		MinuteWindow pulse = new MinuteWindow(60, 0.1, Shares.NONE, clock);
		MinuteWindow unlimited = new MinuteWindow(1_000_000_000, 0.1, Shares.NONE, clock);

		pulse.restoreUnknown();
		unlimited.restoreUnknown();

		assertThat(pulse.available()).isZero();
		assertThat(unlimited.available()).isEqualTo(999_900_000);
	}

	@Test
	void clockThatJumpsBackNeitherAddsNorRemovesCalls() {
		SetClock set = new SetClock(clock.instant());
		MinuteWindow window = new MinuteWindow(60, 0.1, Shares.NONE, set.dates());
		drain(window, Priority.INTERACTIVE);

		set.set(Duration.ofHours(-5));
		assertThat(window.allows(Priority.INTERACTIVE)).isFalse();

		set.pass(MinuteWindow.LENGTH);
		assertThat(drain(window, Priority.INTERACTIVE)).isEqualTo(60);
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
