package io.htgateway.ops;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.StaticApplicationContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link HeapExhaustion}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HeapExhaustionTests {

	private final AtomicInteger ends = new AtomicInteger();

	private final HeapExhaustion exhaustion = new HeapExhaustion(ends::incrementAndGet);

	@BeforeEach
	void open() {
		exhaustion.open();
	}

	@AfterEach
	void close() {
		exhaustion.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Java heap space", "GC overhead limit exceeded", "Metaspace" })
	void errorWhenItIsLoggedEndsTheProcess(String message, CapturedOutput output) {
		LoggerFactory.getLogger("io.netty").warn("{} failed", "x", new IOException(new OutOfMemoryError(message)));

		assertThat(ends).hasValue(1);
		assertThat(output.getErr()).contains("Terminating due to java.lang.OutOfMemoryError: " + message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Cannot reserve 5 bytes of direct buffer memory", "Requested array size exceeds VM limit",
			"simulated" })
	void errorWhenHeapIsNotFullEndsNothing(String message) {
		LoggerFactory.getLogger("io.netty").error("failed", new OutOfMemoryError(message));
		LoggerFactory.getLogger("io.netty").error("failed", new IllegalStateException("Java heap space"));

		assertThat(ends).hasValue(0);
	}

	@Test
	void errorWhenReactorDropsItEndsTheProcess() throws InterruptedException {
		Thread thread = Thread.ofPlatform().start(() -> Mono.just(1).<Integer>map((number) -> {
			throw new OutOfMemoryError("Java heap space");
		}).subscribeOn(Schedulers.immediate()).subscribe());
		thread.join();

		assertThat(ends.get()).isPositive();
	}

	@Test
	void errorWhenItEndsAThreadEndsTheProcess() throws InterruptedException {
		Thread thread = Thread.ofPlatform().start(() -> {
			throw new OutOfMemoryError("Java heap space");
		});
		thread.join();

		assertThat(ends.get()).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "true, 1", "false, 0" })
	void errorEndsOnlyTheProcessOfTheApplicationItself(boolean own, int expected) {
		exhaustion.close();
		SpringApplication application = new SpringApplication(HeapExhaustionTests.class);
		application.setMainApplicationClass(own ? HeapExhaustionTests.class : Runtime.class);

		exhaustion.onApplicationEvent(
				new ApplicationPreparedEvent(application, new String[0], new StaticApplicationContext()));

		LoggerFactory.getLogger("io.netty").error("failed", new OutOfMemoryError("Java heap space"));
		assertThat(ends).hasValue(expected);
	}

	@Test
	void listenerIsFoundBySpringBoot() {
		assertThat(new SpringApplication(HeapExhaustionTests.class).getListeners())
			.hasAtLeastOneElementOfType(HeapExhaustion.class);
	}

	@Test
	void errorWhenClosedEndsNothing() {
		exhaustion.close();

		LoggerFactory.getLogger("io.netty").error("failed", new OutOfMemoryError("Java heap space"));

		assertThat(ends).hasValue(0);
	}

}
