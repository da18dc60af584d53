package io.htgateway.stream.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the events and the times of steps.
 */
class StepTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

	private static final Pace REGULAR = new Pace(Duration.ofMinutes(1), Pace.Reason.CONFIGURED);

	@Test
	void unreadableFillThatTheOverlapRepeatsHasOneGap() {
		Step first = page(Pages.begin(START), START.plusSeconds(60), List.of("a"));
		Step second = page(first.next(), START.plusSeconds(120), List.of("a"));
		Step third = page(second.next(), START.plusSeconds(180), List.of("a", "b"));

		assertThat(first.events()).hasSize(1).allMatch(StreamEvent.Gap.class::isInstance);
		assertThat(second.events()).isEmpty();
		assertThat(third.events()).hasSize(1).allMatch(StreamEvent.Gap.class::isInstance);
		assertThat(List.of(first.unreadable(), second.unreadable(), third.unreadable())).containsExactly(1, 0, 1);
	}

	@Test
	void gapContainsTheTimeOfAnUnreadableFill() {
		StreamEvent.Gap gap = (StreamEvent.Gap) page(Pages.begin(START), START.plusSeconds(60), List.of("a")).events()
			.getFirst();

		assertThat(gap.from()).isLessThanOrEqualTo(START.toEpochMilli());
		assertThat(gap.to()).isEqualTo(START.plusSeconds(60).toEpochMilli());
	}

	private static Step page(Checkpoint before, Instant now, List<String> unreadable) {
		Checkpoint walking = before.walking(now);
		return Step.of(walking, Objects.requireNonNull(walking.walk()), now, new FillPage(List.of(), unreadable, null),
				REGULAR);
	}

	@ParameterizedTest
	@CsvSource({ "60000, CONFIGURED, false", "59400, CONFIGURED, false", "59000, CONFIGURED, true",
			"60000, SHARE, true" })
	void otherIntervalIsAnEventEvenForTheSameReason(long millis, Pace.Reason reason, boolean event) {
		Checkpoint before = Pages.begin(START);
		Pace pace = new Pace(Duration.ofMillis(millis), reason);

		Step step = Step.of(before, before.waiting(START, pace));

		assertThat(step.events()).isEqualTo(event ? List.of(new StreamEvent.Paced(pace)) : List.of());
	}

	@ParameterizedTest
	@CsvSource({ "0, true", "-1, false", "-240, false", "-320, true", "-1800, true" })
	void clockThatIsSetBackDelaysPollsForAtMostFiveMinutes(long seconds, boolean due) {
		Checkpoint known = Pages.begin(START);

		assertThat(known.isDue(START.plusSeconds(seconds))).isEqualTo(due);
	}

	@Test
	void unfinishedPollIsNotPaused() {
		Instant now = START.plusSeconds(7200);
		Checkpoint walking = Pages.begin(START).walking(now);
		Checkpoint after = walking.after(now.toEpochMilli(), now, Objects.requireNonNull(walking.walk()),
				now.plusSeconds(60));

		assertThat(walking.isPausedBefore(now)).isFalse();
		assertThat(after.isPausedBefore(now.plus(Checkpoint.MAX_PAUSE))).isFalse();
	}

}
