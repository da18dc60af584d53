package io.htgateway.budget.window;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Period}.
 */
class PeriodTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-02T10:00:00Z, 1, 2026-11-01, 2026-12-01",
			"2026-11-30T23:59:59.999Z, 1, 2026-11-01, 2026-12-01", "2026-12-01T00:00:00Z, 1, 2026-12-01, 2027-01-01",
			"2026-11-14T23:59:59Z, 15, 2026-10-15, 2026-11-15", "2026-11-15T00:00:00Z, 15, 2026-11-15, 2026-12-15",
			"2027-01-01T00:00:00Z, 15, 2026-12-15, 2027-01-15",
			// February and April have no 31st.
			"2026-02-27T23:59:59Z, 31, 2026-01-31, 2026-02-28", "2026-02-28T00:00:00Z, 31, 2026-02-28, 2026-03-31",
			"2026-03-30T12:00:00Z, 31, 2026-02-28, 2026-03-31", "2026-04-30T00:00:00Z, 31, 2026-04-30, 2026-05-31",
			// A leap year.
			"2028-02-28T23:59:59Z, 31, 2028-01-31, 2028-02-29", "2028-02-29T00:00:00Z, 30, 2028-02-29, 2028-03-30",
			"2028-02-29T12:00:00Z, 29, 2028-02-29, 2028-03-29", "2026-02-28T12:00:00Z, 29, 2026-02-28, 2026-03-29" })
	void monthBeginsOnBillingDayOrLastDayOfShorterMonth(Instant now, int billingDay, String start, String end) {
		assertThat(Period.month(now, billingDay))
			.isEqualTo(new Period(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z")));
	}

	// Daylight saving time begins and ends.
	@ParameterizedTest
	@CsvSource({ "2026-03-29T12:00:00Z, 2026-03-29", "2026-10-25T00:30:00Z, 2026-10-25",
			"2026-11-01T23:59:59.999Z, 2026-11-01" })
	void dayIsAlwaysOfTwentyFourHoursOfUtc(Instant now, String start) {
		Period day = Period.day(now);

		assertThat(day.start()).isEqualTo(start + "T00:00:00Z");
		assertThat(day.length()).isEqualTo(Duration.ofHours(24));
	}

	@Test
	void monthsFollowOneAnotherWithoutGap() {
		for (int billingDay = 1; billingDay <= 31; billingDay++) {
			Period month = Period.month(Instant.parse("2027-01-01T00:00:00Z"), billingDay);
			for (int number = 0; number < 24; number++) {
				Period next = Period.month(month.end(), billingDay);
				assertThat(next.start()).isEqualTo(month.end());
				assertThat(Period.month(month.end().minusMillis(1), billingDay)).isEqualTo(month);
				month = next;
			}
		}
	}

	@Test
	void partLeftGoesFromOneToNothing() {
		Period day = Period.day(Instant.parse("2026-11-02T10:00:00Z"));

		assertThat(day.partLeft(day.start())).isEqualTo(1);
		assertThat(day.partLeft(day.start().plusSeconds(43_200))).isEqualTo(0.5);
		assertThat(day.partLeft(day.start().minusSeconds(5))).isEqualTo(1);
		assertThat(day.left(day.end())).isEqualTo(Duration.ofMillis(1));
	}

}
