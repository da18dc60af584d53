package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CutsTests {

	private static final Duration SPACING = Duration.ofMinutes(5);

	private static final Instant FIRST = Instant.parse("2026-11-02T10:00:00Z");

	@Test
	void responseWithoutCutsIsNotOutdated() {
		assertThat(Cuts.NONE.outdatedAt(FIRST, FIRST.plusSeconds(1))).isNull();
	}

	@Test
	void responseFromBeforeACutIsOutdatedSinceThen() {
		Cuts cuts = Cuts.NONE.with(FIRST, FIRST, SPACING);

		assertThat(cuts.outdatedAt(FIRST.minusSeconds(1), FIRST)).isEqualTo(FIRST);
		assertThat(cuts.outdatedAt(FIRST, FIRST.plusSeconds(100))).isNull();
	}

	@Test
	void cutAfterTheSpacingAppliesAtOnce() {
		Instant second = FIRST.plus(SPACING);
		Cuts cuts = Cuts.NONE.with(FIRST, FIRST, SPACING).with(second, second, SPACING);

		assertThat(cuts.outdatedAt(second.minusSeconds(1), second)).isEqualTo(second);
	}

	@Test
	void cutThatComesTooSoonWaitsAndSparesYoungResponses() {
		Instant second = FIRST.plusSeconds(60);
		Cuts cuts = Cuts.NONE.with(FIRST, FIRST, SPACING).with(second, second, SPACING);
		Instant fetchedAt = second.minusSeconds(10);

		assertThat(cuts.outdatedAt(fetchedAt, second)).isNull();
		assertThat(cuts.outdatedAt(fetchedAt, fetchedAt.plus(SPACING).minusMillis(1))).isNull();
		assertThat(cuts.outdatedAt(fetchedAt, fetchedAt.plus(SPACING))).isEqualTo(fetchedAt.plus(SPACING));
	}

	@Test
	void responseIsOutdatedAtMostOnceInEachSpacingUnderAFloodOfCuts() {
		Cuts cuts = Cuts.NONE;
		Instant fetchedAt = FIRST;
		int loads = 0;
		for (Instant now = FIRST; now.isBefore(FIRST.plus(Duration.ofHours(1))); now = now.plusSeconds(1)) {
			cuts = cuts.with(now, now, SPACING);
			if (cuts.outdatedAt(fetchedAt, now) != null) {
				fetchedAt = now;
				loads++;
			}
		}

		assertThat(loads).isBetween(10, 12);
	}

}
