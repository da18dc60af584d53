package io.htgateway.shared;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AvailabilityTests {

	private final Throwable failure = new IllegalStateException("failure");

	private final AtomicLong nanos = new AtomicLong();

	private final Availability availability = new Availability("redis:6379", Duration.ofNanos(1),
			nanos::getAndIncrement);

	@Test
	void isAvailableAfterOneTrialAndUnavailableAfterThreeFailuresInARow() {
		availability.trialSucceeded();
		fail(2);
		availability.succeeded();
		fail(2);

		assertThat(availability.isAvailable()).isTrue();
		fail(1);
		assertThat(availability.isAvailable()).isFalse();
	}

	@Test
	void isAvailableWhenAllCommandsInFlightFailTogether() {
		availability.trialSucceeded();
		int sent = availability.failures();

		IntStream.range(0, 100).forEach((number) -> availability.failed(failure, sent));
		assertThat(availability.isAvailable()).isTrue();

		fail(2);
		assertThat(availability.isAvailable()).isFalse();
	}

	@Test
	void tasksRunOnReturnEvenWhenOneOfThemFails() {
		AtomicInteger runs = new AtomicInteger();
		availability.onAvailable(() -> {
			throw new StackOverflowError();
		});
		availability.onAvailable(runs::incrementAndGet);

		availability.trialSucceeded();

		assertThat(runs).hasValue(1);
		assertThat(availability.isAvailable()).isTrue();
	}

	@Test
	void closedLogsNothingMore(CapturedOutput output) {
		availability.trialSucceeded();
		availability.close();

		fail(3);

		assertThat(availability.isAvailable()).isFalse();
		assertThat(output).contains("Redis available").doesNotContain("Redis unavailable");
	}

	@Test
	void isAvailableAfterOneTrialWhenItWasSteadyBefore() {
		succeedTrials(31);
		fail(3);
		availability.trialSucceeded();

		assertThat(availability.isAvailable()).isTrue();
	}

	@Test
	void returnsAreRareWhenNoneLasts() {
		AtomicInteger returns = new AtomicInteger();
		availability.onAvailable(returns::incrementAndGet);

		for (int second = 0; second < 3600; second++) {
			availability.trialSucceeded();
			fail(availability.isAvailable() ? 3 : 0);
		}

		assertThat(returns).hasValueLessThan(3600 / 15);
	}

	@Test
	void isAvailableWhenAllFailuresFallIntoOneFailureWindow() {
		Availability patient = new Availability("redis:6379", Duration.ofMillis(250), nanos::get);
		patient.trialSucceeded();

		for (int number = 0; number < 100; number++) {
			patient.failed(failure, patient.failures());
		}
		assertThat(patient.isAvailable()).isTrue();
		for (int moment = 0; moment < 2; moment++) {
			assertThat(patient.isAvailable()).isTrue();
			nanos.addAndGet(Duration.ofMillis(250).toNanos());
			patient.failed(failure, patient.failures());
		}
		assertThat(patient.isAvailable()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 250, 260, 500, 10_000 })
	void isUnavailableAfterThreeTimeoutsOfWhichOneEndsEarly(int millis) {
		Duration timeout = Duration.ofMillis(millis);
		Availability silent = new Availability("redis:6379", SharedStore.failureWindow(timeout), nanos::get);
		silent.trialSucceeded();

		for (Duration passed : List.of(timeout, timeout.multipliedBy(9).dividedBy(10), timeout)) {
			assertThat(silent.isAvailable()).isTrue();
			nanos.addAndGet(passed.toNanos());
			silent.failed(failure, silent.failures());
		}
		assertThat(silent.isAvailable()).isFalse();
	}

	private void succeedTrials(int count) {
		IntStream.range(0, count).forEach((number) -> availability.trialSucceeded());
	}

	private void fail(int count) {
		IntStream.range(0, count).forEach((number) -> availability.failed(failure, availability.failures()));
	}

}
