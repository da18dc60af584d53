package io.htgateway.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RepeatedTask}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RepeatedTaskTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void stop() {
		time.dispose();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void everyWhenRunsFailContinuesAndLogsOnce(Supplier<Mono<Void>> failing, CapturedOutput output) {
		RepeatedTask.every(SECOND, time, () -> (runs.incrementAndGet() <= 3) ? failing.get() : Mono.empty());
		time.advanceTimeBy(SECOND.multipliedBy(5));

		assertThat(runs).hasValue(5);
		assertThat(output.getOut().lines().filter((line) -> line.contains("A repeated task failed"))).hasSize(1);
	}

	static Stream<Supplier<Mono<Void>>> failures() {
		return Stream.of(() -> {
			throw new IllegalStateException();
		}, () -> {
			throw new StackOverflowError();
		}, () -> Mono.error(new IllegalStateException()), () -> Mono.error(new LinkageError()), () -> Mono.defer(() -> {
			throw new LinkageError();
		}), () -> Mono.fromRunnable(() -> {
			throw new StackOverflowError();
		}));
	}

	@Test
	void everyWhenARunIsLongStartsNoOther() {
		RepeatedTask.every(SECOND, time, () -> {
			runs.incrementAndGet();
			return Mono.delay(Duration.ofMillis(2_500), time).then();
		});
		time.advanceTimeBy(SECOND.multipliedBy(7));

		assertThat(runs).hasValue(3);
	}

	@Test
	void everyWhenRunsNeverEndContinuesAndLogsOnce(CapturedOutput output) {
		AtomicInteger ended = new AtomicInteger();
		RepeatedTask.every(SECOND, time, () -> (runs.incrementAndGet() <= 2)
				? Mono.<Void>never().doOnCancel(ended::incrementAndGet) : Mono.empty());
		time.advanceTimeBy(RepeatedTask.LIMIT.multipliedBy(3));

		assertThat(runs).hasValueGreaterThan(10);
		assertThat(ended).hasValue(2);
		assertThat(output.getOut().lines().filter((line) -> line.contains("cause=TimeoutException"))).hasSize(1);
	}

	@Test
	void everyWhenDisposedCancelsTheRunAndStartsNoOther() {
		AtomicInteger ended = new AtomicInteger();
		Disposable repeated = RepeatedTask.every(SECOND, time, () -> {
			runs.incrementAndGet();
			return Mono.<Void>never().doOnCancel(ended::incrementAndGet);
		});
		time.advanceTimeBy(SECOND);
		repeated.dispose();
		time.advanceTimeBy(SECOND.multipliedBy(5));

		assertThat(runs).hasValue(1);
		assertThat(ended).hasValue(1);
	}

}
