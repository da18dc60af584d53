package io.htgateway.tracing;

import java.util.Arrays;

import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Ways;
import io.htgateway.traffic.RequestTraces;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Without a configured collector, nothing of OpenTelemetry is created.
 */
@GatewayTest
@TestPropertySource(properties = "management.opentelemetry.tracing.export.otlp.endpoint=")
@ExtendWith(OutputCaptureExtension.class)
class NoTracesIntegrationTests {

	private static final String PATH = "/api/external/13/assets/liquidation-risk";

	private static final String TARGET = PATH + "?limit=3";

	@Autowired
	private ConfigurableApplicationContext context;

	@Autowired
	private Gateway gateway;

	@Autowired
	private Ways ways;

	@Test
	void nothingIsBuiltThatTraces() {
		assertThat(context.getBeansOfType(RequestTraces.class)).isEmpty();
		assertThat(context.getBeansOfType(LoadObserver.class)).containsOnlyKeys("loadWaiters", "loadMeters");
		assertThat(Arrays.stream(context.getBeanDefinitionNames())
			.map(context.getBeanFactory()::getType)
			.filter((type) -> type != null)
			.map(Class::getName)).isNotEmpty()
			.noneMatch((type) -> type.startsWith("io.opentelemetry") || type.startsWith("io.micrometer.tracing")
					|| type.contains(".tracing."));
	}

	@Test
	void accessLogHasNoTrace(CapturedOutput output) {
		String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
		gateway.get(TARGET, "traceparent", parent);
		ways.shortWay("GET", TARGET, "traceparent", parent);

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(output.getOut().lines().filter((line) -> line.contains("path=" + PATH))).hasSize(2)
						.allSatisfy((line) -> assertThat(line).matches(".* durationMs=[0-9.E-]+")));
	}

}
