package io.htgateway.breaker;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Threads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Breaker}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BreakerTests {

	private static final Duration SLOW = Duration.ofSeconds(5);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Breaker breaker = new Breaker("test", SLOW, IOException.class::isInstance, clock);

	private final AtomicInteger calls = new AtomicInteger();

	@Test
	void callsWhenTwentyHaveFailedAreRefusedForTenSeconds() {
		fail(19);
		assertThat(breaker.isOpen()).isFalse();
		fail(1);

		assertThat(breaker.isOpen()).isTrue();
		assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(10));
		assertThat(succeeds()).isFalse();
		assertThat(calls).hasValue(20);
		clock.advance(Duration.ofMillis(9_500));
		assertThat(succeeds()).isFalse();
		assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void callsWhenProbesSucceedAreAdmittedAgain(CapturedOutput output) {
		open();
		for (int probe = 0; probe < 3; probe++) {
			assertThat(succeeds()).isTrue();
		}

		for (int call = 0; call < 100; call++) {
			assertThat(succeeds()).isTrue();
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("Breaker"))).hasSize(2)
			.satisfiesExactly((opened) -> assertThat(opened).contains("WARN", "Breaker opened: name=test failed=100%"),
					(closed) -> assertThat(closed).contains("INFO", "Breaker closed: name=test"));
	}

	@Test
	void callsWhenProbesFailAreRefusedForTwiceAsLongUpToAMinute(CapturedOutput output) {
		open();
		for (int seconds : new int[] { 20, 40, 60, 60 }) {
			fail(3);
			assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
			assertThat(succeeds()).isFalse();
			clock.advance(Duration.ofSeconds(seconds).plusMillis(1));
		}
		assertThat(calls).hasValue(20 + 4 * 3);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Breaker"))).hasSize(1);
	}

	@Test
	void callsWhenFourInTenFailAreNeverRefused() {
		Random random = new Random(23);
		for (int call = 0; call < 100_000; call++) {
			if (random.nextInt(10) < 4) {
				fail(1);
			}
			else {
				assertThat(succeeds()).isTrue();
			}
		}
	}

	@Test
	void callsWhenAllAreSlowAreRefused() {
		for (int call = 0; call < 20; call++) {
			guarded(Mono.fromRunnable(() -> clock.advance(SLOW.plusMillis(1)))).block();
		}

		assertThat(breaker.isOpen()).isTrue();
	}

	@Test
	void callsWhenFailuresDoNotCountAreNotRefused() {
		for (int call = 0; call < 100; call++) {
			attempt(Mono.error(new IllegalArgumentException()));
		}

		assertThat(succeeds()).isTrue();
	}

	@Test
	void callsWhenAllAreCancelledAreNotRefused() {
		for (int call = 0; call < 100; call++) {
			guarded(Mono.never()).subscribe().dispose();
		}

		assertThat(succeeds()).isTrue();
	}

	@Test
	void probesWhenCancelledReleaseTheirPermits() {
		open();
		for (int round = 0; round < 5; round++) {
			Disposable[] probes = new Disposable[3];
			for (int probe = 0; probe < 3; probe++) {
				probes[probe] = guarded(Mono.never()).subscribe();
			}
			assertThat(succeeds()).isFalse();
			for (Disposable probe : probes) {
				probe.dispose();
			}
		}

		assertThat(succeeds()).isTrue();
	}

	@Test
	void permitWhenItIsOpenOrProbesAreInFlightIsRefused() {
		reserve().close();
		fail(20);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::reserve).withMessage("PT10S");
		clock.advance(Duration.ofSeconds(10).plusMillis(1));
		reserve();
		assertThat(passes()).isTrue();
		CallPermit third = reserve();

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::reserve).withMessage("PT1S");
		assertThat(passes()).isFalse();
		third.close();
		third.close();
		assertThat(passes()).isTrue();
		assertThat(passes()).isFalse();
	}

	@Test
	void permitIsForOneCallWhoseOutcomeCounts() {
		open();
		for (int probe = 0; probe < 3; probe++) {
			try (CallPermit permit = reserve()) {
				assertThat(permit.use(Mono.just(true)).block()).isTrue();
				StepVerifier.create(permit.use(Mono.just(true))).verifyError(IllegalStateException.class);
			}
		}

		fail(19);
		assertThat(breaker.isOpen()).isFalse();
		StepVerifier.create(reserve().use(Mono.error(new IOException()))).verifyError(IOException.class);
		assertThat(breaker.isOpen()).isTrue();
	}

	@Test
	void permitWhenItsCallIsCancelledIsReleased() {
		open();
		for (int round = 0; round < 5; round++) {
			List<Disposable> probes = Stream.generate(() -> reserve().use(Mono.never()).subscribe()).limit(3).toList();
			assertThat(passes()).isFalse();
			probes.forEach(Disposable::dispose);
		}

		assertThat(succeeds()).isTrue();
	}

	@RepeatedTest(5)
	void permitsWhenManyThreadsReserveAreThree() throws Exception {
		open();

		assertThat(Threads.successes(100, this::reserves)).isEqualTo(3);
	}

	@RepeatedTest(5)
	void probesOfManyThreadsAreThree() throws Exception {
		open();

		assertThat(Threads.successes(100, this::passes)).isEqualTo(3);
	}

	@Test
	void resultsReportedByManyEventLoopsDoNotBlockEachOther() {
		Mono<Boolean> call = guarded(Mono.just(true)).subscribeOn(Schedulers.parallel());

		Long results = Flux.range(0, 100_000).flatMap((number) -> call).count().block();

		assertThat(results).isEqualTo(100_000);
	}

	@Test
	void resetClosesAndClearsTheWindow() {
		fail(20);
		breaker.reset();
		fail(19);

		assertThat(succeeds()).isTrue();
	}

	@Test
	void meterReportsWhetherItIsOpen() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		breaker.bindTo(registry);
		assertThat(registry.get("gateway.breaker.open").tag("name", "test").gauge().value()).isZero();

		fail(20);

		assertThat(registry.get("gateway.breaker.open").tag("name", "test").gauge().value()).isEqualTo(1);
	}

	private void open() {
		fail(20);
		clock.advance(Duration.ofSeconds(10).plusMillis(1));
	}

	private void fail(int times) {
		for (int call = 0; call < times; call++) {
			attempt(Mono.error(new IOException()));
		}
	}

	private boolean succeeds() {
		return attempt(Mono.just(true));
	}

	private boolean attempt(Mono<Boolean> outcome) {
		return Boolean.TRUE.equals(guarded(outcome).onErrorReturn(false).block());
	}

	private boolean passes() {
		AtomicBoolean refused = new AtomicBoolean();
		guarded(Mono.never()).subscribe((never) -> {
		}, (failure) -> refused.set(true));
		return !refused.get();
	}

	private CallPermit reserve() {
		return breaker.reserve((left) -> new IllegalStateException(left.toString()));
	}

	private boolean reserves() {
		try {
			reserve();
			return true;
		}
		catch (IllegalStateException refused) {
			return false;
		}
	}

	private <T> Mono<T> guarded(Mono<T> outcome) {
		Mono<T> call = Mono.defer(() -> {
			calls.incrementAndGet();
			return outcome;
		});
		return breaker.protect(call, (left) -> new IllegalStateException(left.toString()));
	}

}
