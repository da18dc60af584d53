package io.htgateway.tracing;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Gateway with a collector of traces.
 */
abstract class TracedGateway {

	/**
	 * Runs as long as the tests.
	 */
	static final Collector COLLECTOR = Collector.start();

	@Autowired
	private SdkTracerProvider provider;

	@DynamicPropertySource
	static void collector(DynamicPropertyRegistry properties) {
		properties.add("management.opentelemetry.tracing.export.otlp.endpoint", COLLECTOR::endpoint);
	}

	@BeforeEach
	void forgetSpans() {
		flush();
		COLLECTOR.reset();
	}

	/**
	 * Sends all spans that have ended. A flush that follows another one at once can be
	 * taken for it, and sends nothing: so a last span is awaited.
	 */
	void flush() {
		String last = Collector.MARK + UUID.randomUUID();
		provider.get("test").spanBuilder(last).setNoParent().startSpan().end();
		Awaitility.await().until(() -> {
			provider.forceFlush().join(20, TimeUnit.SECONDS);
			return COLLECTOR.has(last);
		});
	}

	void awaitSpans(BooleanSupplier enough) {
		Awaitility.await().until(() -> {
			flush();
			return enough.getAsBoolean();
		});
	}

}
