package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.testing.MutableClock;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StateClockTests {

	private static final Duration INTERVAL = Duration.ofMinutes(24);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final StateClock state = new StateClock(clock, Dates.of(clock));

	private final List<Timeline> updates = new ArrayList<>();

	@BeforeEach
	void listen() {
		state.onUpdate(updates::add);
	}

	@Test
	void stateIsUnknownAtFirst() {
		assertThat(state.newest()).isNull();
		assertThat(state.predictable(clock.instant())).isNull();
	}

	@Test
	void nextStateIsDueAfterTheMedianOfTheLatestIntervals() {
		for (int minutes : new int[] { 20, 30, 22, 90, 24 }) {
			webhook();
			clock.advance(Duration.ofMinutes(minutes));
		}
		webhook();

		assertThat(newest().usual()).isEqualTo(Duration.ofMinutes(24));
		assertThat(newest().shortest()).isEqualTo(Duration.ofMinutes(20));
		assertThat(newest().due()).isEqualTo(clock.instant().plus(Duration.ofMinutes(24)));
	}

	@Test
	void announcedStateIsDueWhenItIsAnnounced() {
		status(clock.instant(), clock.instant().plus(Duration.ofMinutes(17)));

		assertThat(newest().due()).isEqualTo(clock.instant().plus(Duration.ofMinutes(17)));
	}

	@Test
	void announcementThatCannotBeIsIgnored() {
		status(clock.instant(), clock.instant().minusSeconds(1));

		assertThat(newest().due()).isEqualTo(clock.instant().plus(Duration.ofMinutes(20)));
	}

	@Test
	void reportOfTheSameStateIsNoUpdate() {
		webhook();
		Instant at = clock.instant();
		clock.advance(Duration.ofMinutes(3));

		state.report(StateUpdate.of(at, StateSource.WEBHOOK));
		state.report(StateUpdate.of(at.plusSeconds(399), StateSource.FILE_DATE));
		state.report(StateUpdate.of(at.minus(Duration.ofDays(1)), StateSource.WEBHOOK));

		assertThat(updates).hasSize(1);
	}

	@Test
	void statesThatComeFasterThanBeforeAreRecognisedStepByStep() {
		for (int minute = 0; minute <= 30; minute += 5) {
			webhook();
			clock.advance(Duration.ofMinutes(5));
		}

		assertThat(updates).hasSize(6);
		assertThat(newest().shortest()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void reportOfTheFutureIsIgnoredAndLoggedOnce(CapturedOutput log) {
		state.report(StateUpdate.of(clock.instant().plus(Duration.ofMinutes(2)), StateSource.STATUS));
		state.report(StateUpdate.of(clock.instant().plus(Duration.ofDays(1)), StateSource.STATUS));

		assertThat(updates).isEmpty();
		assertThat(log).containsOnlyOnce("State report contradicts");
	}

	@Test
	void statusThatJumpsBackMakesTheStateUnknownUntilTheNextReport(CapturedOutput log) {
		status(clock.instant(), null);
		Instant first = clock.instant();
		clock.advance(INTERVAL);

		status(first.minus(Duration.ofHours(3)), null);
		assertThat(state.newest()).isNull();
		status(clock.instant(), null);

		assertThat(newest().at()).isEqualTo(clock.instant());
		assertThat(log).containsOnlyOnce("an older state than before");
	}

	@Test
	void stateThatAnotherReplicaStillKnowsAfterAContradictionIsNotAdopted() {
		status(clock.instant(), null);
		Instant disowned = clock.instant();
		clock.advance(INTERVAL);
		status(disowned.minus(Duration.ofHours(3)), null);

		state.adopt(StateUpdate.of(disowned, StateSource.STATUS));
		assertThat(state.newest()).isNull();
		state.adopt(StateUpdate.of(clock.instant(), StateSource.STATUS));

		assertThat(newest().at()).isEqualTo(clock.instant());
		assertThat(newest().number()).isEqualTo(2);
	}

	@Test
	void lateReplyWithAnOlderStateChangesNothing() {
		Instant first = clock.instant();
		clock.advance(INTERVAL);
		status(clock.instant(), clock.instant().plus(INTERVAL));

		state.adopt(new StateUpdate(first, first.plusSeconds(1), StateSource.STATUS, null, null));
		state.adopt(new StateUpdate(clock.instant(), clock.instant().plusSeconds(1), StateSource.STATUS, null, null));

		assertThat(newest().due()).isEqualTo(clock.instant().plus(INTERVAL));
	}

	@Test
	void responsesFromAfterAReportElsewhereAreNotOlderThanTheState() {
		Instant at = clock.instant().minus(Duration.ofMinutes(3));

		state.adopt(StateUpdate.of(at, StateSource.WEBHOOK).reportedAt(at.plusSeconds(2)));

		assertThat(newest().knownAt()).isEqualTo(at.plusSeconds(1));
	}

	@Test
	void stateInTheFutureIsForgottenWhenTheClockIsSetBack() {
		webhook();
		clock.advance(Duration.ofHours(-2));
		webhook();

		assertThat(newest().at()).isEqualTo(clock.instant());
	}

	@Test
	void listenerThatFailsDisturbsNoOther() {
		StateClock other = new StateClock(clock, Dates.of(clock));
		List<Timeline> seen = new ArrayList<>();
		other.onUpdate((timeline) -> {
			throw new IllegalStateException("of a test");
		});
		other.onUpdate(seen::add);

		assertThat(other.report(StateUpdate.of(clock.instant(), StateSource.WEBHOOK))).isTrue();
		assertThat(seen).hasSize(1);
	}

	// The date of a file reveals a state before the status endpoint announces the next.
	@Test
	void stateThatIsNotAnnouncedYetIsNotLoggedAsOverdue(CapturedOutput log) {
		status(clock.instant(), clock.instant().plus(INTERVAL));
		assertThat(state.predictable(clock.instant())).isNotNull();
		clock.advance(INTERVAL);
		state.report(StateUpdate.of(clock.instant(), StateSource.FILE_DATE));

		assertThat(state.predictable(clock.instant())).isNull();
		assertThat(log).doesNotContain("State update overdue");

		clock.advance(INTERVAL);
		assertThat(state.predictable(clock.instant())).isNull();
		assertThat(log).containsOnlyOnce("State update overdue").contains("overdueSeconds=0");
	}

	@Test
	void overdueStateIsNotPredictableAndLoggedOnce(CapturedOutput log) {
		webhook();
		clock.advance(INTERVAL);
		webhook();
		assertThat(state.predictable(clock.instant())).isNotNull();

		clock.advance(INTERVAL.multipliedBy(2).minusSeconds(1));
		assertThat(state.predictable(clock.instant())).isNotNull();
		clock.advance(Duration.ofSeconds(1));
		assertThat(state.predictable(clock.instant())).isNull();
		assertThat(state.predictable(clock.instant())).isNull();
		webhook();

		assertThat(state.predictable(clock.instant())).isNotNull();
		assertThat(log).containsOnlyOnce("State update overdue");
	}

	@Test
	void statesThatBodiesRevealArePredictableAfterThreeIntervals() {
		for (int seen = 0; seen < 3; seen++) {
			state.report(StateUpdate.ofBody(clock.instant(), "risk"));
			clock.advance(INTERVAL);
			assertThat(state.predictable(clock.instant())).isNull();
		}

		state.report(StateUpdate.ofBody(clock.instant(), "risk"));

		assertThat(state.predictable(clock.instant())).isNotNull();
	}

	@Test
	void stateThatAFileRevealedIsPredictableOnceTheStatusReportsIt() {
		Instant published = clock.instant();
		clock.advance(Duration.ofMinutes(2));
		state.report(StateUpdate.of(published.plusSeconds(90), StateSource.FILE_DATE));
		assertThat(state.predictable(clock.instant())).isNull();

		status(published, published.plus(Duration.ofMinutes(17)));

		assertThat(updates).hasSize(1);
		assertThat(state.predictable(clock.instant())).isNotNull();
		assertThat(newest().due()).isEqualTo(published.plus(Duration.ofMinutes(17)));
		assertThat(newest().at()).isEqualTo(published.plusSeconds(90));
	}

	@Test
	void statusWithoutTheNextStateMakesAStateThatAFileRevealedPredictable() {
		state.report(StateUpdate.of(clock.instant(), StateSource.FILE_DATE));

		status(clock.instant(), null);

		assertThat(state.predictable(clock.instant())).isNotNull();
	}

	@Test
	void responsesFromBeforeARecentReportMayBeOlderThanTheState() {
		state.report(StateUpdate.of(clock.instant().minusSeconds(60), StateSource.WEBHOOK));

		assertThat(newest().published()).isEqualTo(clock.instant().minusSeconds(60));
		assertThat(newest().knownAt()).isEqualTo(clock.instant());
	}

	@Test
	void responsesFromAfterAStateThatIsReportedLateAreNotOlder() {
		state.report(StateUpdate.of(clock.instant().minus(Duration.ofMinutes(5)), StateSource.WEBHOOK));

		assertThat(newest().knownAt()).isEqualTo(clock.instant().minus(Duration.ofMinutes(5)).minusSeconds(1));
	}

	@Test
	void responseThatRevealsAStateIsNotOlderThanIt() {
		AtomicLong reads = new AtomicLong();
		InstantSource ticking = () -> clock.instant().plusMillis(reads.incrementAndGet());
		StateClock other = new StateClock(ticking, Dates.of(ticking));
		Instant fetchedAt = ticking.instant();

		other.report(StateUpdate.ofBody(fetchedAt, "risk"));

		assertThat(Objects.requireNonNull(other.newest()).knownAt()).isBefore(fetchedAt);
	}

	@Test
	void intervalsAreLearntAgainAfterADayWithoutAState() {
		for (int seen = 0; seen < 4; seen++) {
			webhook();
			clock.advance(INTERVAL);
		}
		clock.advance(Duration.ofDays(1));
		webhook();

		assertThat(newest().intervals()).isEmpty();
		assertThat(newest().number()).isEqualTo(5);
	}

	@Test
	void probesForAnOverdueStateAreSpacedOut() {
		state.report(StateUpdate.of(clock.instant(), StateSource.FILE_DATE));
		Duration spacing = Duration.ofMinutes(5);

		assertThat(state.tryProbe(spacing, clock.instant())).isFalse();
		clock.advance(Duration.ofMinutes(20));
		assertThat(state.tryProbe(spacing, clock.instant())).isTrue();
		assertThat(state.tryProbe(spacing, clock.instant())).isFalse();
		clock.advance(spacing);
		assertThat(state.tryProbe(spacing, clock.instant())).isTrue();
	}

	@Test
	void announcedStateIsProbedForLater() {
		webhook();
		clock.advance(Duration.ofMinutes(20));

		assertThat(state.tryProbe(Duration.ofMinutes(5), clock.instant())).isFalse();
		clock.advance(Duration.ofMinutes(5));
		assertThat(state.tryProbe(Duration.ofMinutes(5), clock.instant())).isTrue();
	}

	private Timeline newest() {
		return Objects.requireNonNull(state.newest());
	}

	private void webhook() {
		state.report(StateUpdate.of(clock.instant(), StateSource.WEBHOOK));
	}

	private void status(Instant at, @Nullable Instant next) {
		state.report(new StateUpdate(at, next, StateSource.STATUS, null, null));
	}

}
