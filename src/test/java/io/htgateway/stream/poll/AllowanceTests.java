package io.htgateway.stream.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that polls never make more calls than their share.
 */
class AllowanceTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

	private static final long MINUTE = Duration.ofMinutes(1).toMillis();

	private static final long DAY = Duration.ofDays(1).toMillis();

	@ParameterizedTest
	@CsvSource({ "15, 403.2", "1, 1", "1, 24", "2, 9", "3, 720", "45, 1209.6", "75, Infinity" })
	void noMinuteAndNoDayOfRandomDemandExceedsTheShare(long perMinute, double perDay) {
		for (int seed = 0; seed < 20; seed++) {
			List<Long> calls = calls(new StreamShare(perDay, perMinute), new Random(seed));
			assertThat(most(calls, MINUTE)).as("seed %s", seed).isLessThanOrEqualTo((int) perMinute);
			assertThat(most(calls, DAY)).as("seed %s", seed).isLessThanOrEqualTo((int) Math.min(perDay, 1_000_000));
		}
	}

	@ParameterizedTest
	@CsvSource({ "15, 403.2", "3, 720", "45, 1209.6", "1, 24" })
	void regularPollsFindACallEachTime(long perMinute, double perDay) {
		StreamShare share = new StreamShare(perDay, perMinute);
		Allowance left = Allowance.first(share, START);
		Instant now = START;
		for (int poll = 0; poll < 500; poll++) {
			assertThat(left.isSpent()).as("poll %s", poll).isFalse();
			left = left.plus(-1);
			now = now.plus(share.pace(Duration.ofMinutes(1)).interval());
			left = left.at(now, share);
		}
	}

	@ParameterizedTest
	@CsvSource({ "15, 403.2", "3, 720", "75, Infinity" })
	void startBringsOneCallHoweverManyCouldBeSaved(long perMinute, double perDay) {
		Allowance first = Allowance.first(new StreamShare(perDay, perMinute), START);

		assertThat(first.isSpent()).isFalse();
		assertThat(first.plus(-1).isSpent()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "15, 403.2", "3, 720" })
	void returnedCallsAreNotSavedBeyondTheMaximum(long perMinute, double perDay) {
		StreamShare share = new StreamShare(perDay, perMinute);
		Allowance full = Allowance.first(share, START).at(START.plusMillis(DAY), share);

		assertThat(full.plus(5).at(full.at(), share)).isEqualTo(full);
	}

	// Greedy for a while, and idle for a while, so that calls are saved.
	private static List<Long> calls(StreamShare share, Random random) {
		List<Long> calls = new ArrayList<>();
		Allowance left = Allowance.first(share, START);
		for (long time = 0; time < 3 * DAY;) {
			left = left.at(START.plusMillis(time), share);
			if (left.isSpent()) {
				time += random.nextBoolean() ? left.wait(share).toMillis() : random.nextInt(60_000);
			}
			else {
				calls.add(time);
				left = left.plus(-1);
				time += (random.nextInt(200) == 0) ? random.nextLong(DAY) : random.nextInt(200);
			}
		}
		return calls;
	}

	private static int most(List<Long> calls, long window) {
		int most = 0;
		int first = 0;
		for (int last = 0; last < calls.size(); last++) {
			while (calls.get(last) - calls.get(first) >= window) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		return most;
	}

}
