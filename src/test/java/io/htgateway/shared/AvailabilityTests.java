package io.htgateway.shared;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AvailabilityTests {

	private final Throwable no = new IllegalStateException("no");

	private final Availability availability = new Availability();

	@Test
	void isUpAfterOneTrialAndDownAfterThreeFailuresInARow() {
		availability.tried();
		fail(2);
		availability.succeeded();
		fail(2);

		assertThat(availability.isUp()).isTrue();
		fail(1);
		assertThat(availability.isUp()).isFalse();
	}

	@Test
	void isUpWhenAllThatWasUnderWayInOneMomentFails() {
		availability.tried();
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

		availability.tried();

		assertThat(told).hasValue(1);
		assertThat(availability.isUp()).isTrue();
	}

	@Test
	void endsWithoutAWordOfIt(CapturedOutput output) {
		availability.tried();
		availability.end();

		fail(3);

		assertThat(availability.isUp()).isFalse();
		assertThat(output).contains("Redis can be used").doesNotContain("Redis cannot be used");
	}

	@Test
	void returnWhenItLastedIsAfterOneTrial() {
		tries(31);
		fail(3);
		availability.tried();

		assertThat(availability.isUp()).isTrue();
	}

	@Test
	void returnsWhenNoneLastsAreSeldom() {
		AtomicInteger returns = new AtomicInteger();
		availability.onReturn(returns::incrementAndGet);

		for (int second = 0; second < 3600; second++) {
			availability.tried();
			fail(availability.isUp() ? 3 : 0);
		}

		assertThat(returns).hasValueLessThan(3600 / 15);
	}

	private void tries(int count) {
		IntStream.range(0, count).forEach((number) -> availability.tried());
	}

	private void fail(int count) {
		IntStream.range(0, count).forEach((number) -> availability.failed(no, availability.failures()));
	}

}
