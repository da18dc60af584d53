package io.htgateway.state.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.htgateway.budget.BudgetSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusShareTests {

	private static final double SHARE = 0.05;

	@ParameterizedTest
	@CsvSource({ "50000, 1071", "150000, 357", "400000, 133", "2000000, 30" })
	void callsOfAMonthAreSpreadOverIt(long limit, long seconds) {
		assertThat(spacing(SHARE, "month", limit).map(Duration::toSeconds)).contains(seconds);
	}

	@Test
	void planThatAffordsLessThanOneCallInHalfAnHourAffordsNone() {
		assertThat(spacing(SHARE, "day", 100)).isEmpty();
		assertThat(spacing(SHARE, "day", 960)).contains(Duration.ofMinutes(30));
		assertThat(spacing(SHARE, "day", 959)).isEmpty();
	}

	@Test
	void noShareAffordsNone() {
		assertThat(spacing(0, "month", 2_000_000)).isEmpty();
		assertThat(spacing(0, "minute", 60)).isEmpty();
	}

	@Test
	void planWithoutDayAndMonthAffordsTheMostUsefulNumber() {
		assertThat(spacing(SHARE, "minute", 60)).contains(Duration.ofSeconds(30));
	}

	private static Optional<Duration> spacing(double share, String window, long limit) {
		return new StatusShare(share)
			.spacing(List.of(new BudgetSnapshot.Window(window, limit, 0, 0, 0, limit, Instant.EPOCH, Instant.EPOCH)));
	}

}
