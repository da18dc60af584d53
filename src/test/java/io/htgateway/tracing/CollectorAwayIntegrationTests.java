package io.htgateway.tracing;

import java.util.concurrent.TimeUnit;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses while the collector is unavailable.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@Tag("faults")
class CollectorAwayIntegrationTests {

	private static final String TARGET = "/api/external/7/assets/liquidation-risk?limit=3";

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Autowired
	private SdkTracerProvider provider;

	@DynamicPropertySource
	static void collector(DynamicPropertyRegistry properties) {
		properties.add("management.opentelemetry.tracing.export.otlp.endpoint", () -> "http://127.0.0.1:1/v1/traces");
	}

	@Test
	void requestIsAnsweredAllTheSameAndOneLineTellsOfIt(CapturedOutput output) {
		assertThat(gateway.get(TARGET).status()).isEqualTo(200);
		assertThat(ways.get(TARGET).status()).isEqualTo(200);

		assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isDone()).isTrue();
		ways.get(TARGET);
		assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isDone()).isTrue();
		assertThat(output.getOut().lines().filter((line) -> line.contains("Collector unavailable, dropping spans")))
			.hasSize(1);
		assertThat(output).doesNotContain("Exception").doesNotContain("opentelemetry");
	}

}
