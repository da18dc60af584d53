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

	private final Throwable no = new IllegalStateException("no");

	private final AtomicLong nanos = new AtomicLong();

	private final Availability availability = new Availability("redis:6379", Duration.ofNanos(1),
			nanos::getAndIncrement);

	@Test
	void isUpAfterOneTrialAndDownAfterThreeFailuresInARow() {
		availability.trialSucceeded();
		fail(2);
		availability.succeeded();
		fail(2);

		assertThat(availability.isUp()).isTrue();
		fail(1);
		assertThat(availability.isUp()).isFalse();
	}

	@Test
	void isUpWhenAllThatWasUnderWayInOneMomentFails() {
		availability.trialSucceeded();
		int sent = availability.failures();

		IntStream.range(0, 100).forEach((number) -> availability.failed(no, sent));
		assertThat(availability.isUp()).isTrue();

		fail(2);
		assertThat(availability.isUp()).isFalse();
	}

	@Test
	void returnIsToldToAllWhenOneOfThemFails() {
		AtomicInteger told = new AtomicInteger();
		availability.onReturn(() -> {
			throw new StackOverflowError();
		});
		availability.onReturn(told::incrementAndGet);

		availability.trialSucceeded();

		assertThat(told).hasValue(1);
		assertThat(availability.isUp()).isTrue();
	}

	@Test
	void endsWithoutAWordOfIt(CapturedOutput output) {
		availability.trialSucceeded();
		availability.end();

		fail(3);

		assertThat(availability.isUp()).isFalse();
		assertThat(output).contains("Redis can be used").doesNotContain("Redis unavailable");
	}

	@Test
	void returnWhenItLastedIsAfterOneTrial() {
		tries(31);
		fail(3);
		availability.trialSucceeded();

		assertThat(availability.isUp()).isTrue();
	}

	@Test
	void returnsWhenNoneLastsAreSeldom() {
		AtomicInteger returns = new AtomicInteger();
		availability.onReturn(returns::incrementAndGet);

		for (int second = 0; second < 3600; second++) {
			availability.trialSucceeded();
			fail(availability.isUp() ? 3 : 0);
		}

		assertThat(returns).hasValueLessThan(3600 / 15);
	}

	@Test
	void isUpWhenAllFailuresAreOfOneMoment() {
		Availability patient = new Availability("redis:6379", Duration.ofMillis(250), nanos::get);
		patient.trialSucceeded();

		for (int failure = 0; failure < 100; failure++) {
			patient.failed(no, patient.failures());
		}
		assertThat(patient.isUp()).isTrue();
		for (int moment = 0; moment < 2; moment++) {
			assertThat(patient.isUp()).isTrue();
			nanos.addAndGet(Duration.ofMillis(250).toNanos());
			patient.failed(no, patient.failures());
		}
		assertThat(patient.isUp()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 250, 260, 500, 10_000 })
	void isDownAfterThreeTimeoutsOfWhichOneEndsEarly(int millis) {
		Duration timeout = Duration.ofMillis(millis);
		Availability silent = new Availability("redis:6379", SharedStore.moment(timeout), nanos::get);
		silent.trialSucceeded();

		for (Duration passed : List.of(timeout, timeout.multipliedBy(9).dividedBy(10), timeout)) {
			assertThat(silent.isUp()).isTrue();
			nanos.addAndGet(passed.toNanos());
			silent.failed(no, silent.failures());
		}
		assertThat(silent.isUp()).isFalse();
	}

	private void tries(int count) {
		IntStream.range(0, count).forEach((number) -> availability.trialSucceeded());
	}

	private void fail(int count) {
		IntStream.range(0, count).forEach((number) -> availability.failed(no, availability.failures()));
	}

}
