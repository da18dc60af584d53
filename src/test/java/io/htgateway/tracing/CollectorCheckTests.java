package io.htgateway.tracing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Mistakes of operators in the settings of a collector.
 */
class CollectorCheckTests {

	private static final String OTLP = "management.opentelemetry.tracing.export.otlp.";

	private static final String PROBABILITY = "management.tracing.sampling.probability";

	private final MockEnvironment environment = new MockEnvironment().withProperty(OTLP + "endpoint",
			"http://127.0.0.1:4318/v1/traces");

	@Test
	void endpointAloneIsEnough() {
		assertThatCode(() -> CollectorCheck.check(environment)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "collector:4318", "127.0.0.1:4318", "grpc://collector:4317", "http://", "http://a b" })
	void endpointWithoutHttpAddressIsRefusedByName(String endpoint) {
		environment.setProperty(OTLP + "endpoint", endpoint);

		assertRefused(OTLP + "endpoint");
	}

	@ParameterizedTest
	@CsvSource({ OTLP + "transport, grpc", PROBABILITY + ", 5", PROBABILITY + ", -0.1", PROBABILITY + ", NaN" })
	void otherBadValueIsRefusedByName(String name, String value) {
		environment.setProperty(name, value);

		assertRefused(name);
	}

	@Test
	void startWithBadEndpointFailsForIt() {
		new ApplicationContextRunner().withUserConfiguration(TracingConfiguration.class)
			.withPropertyValues(OTLP + "endpoint=collector:4318")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class));
	}

	private void assertRefused(String name) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> CollectorCheck.check(environment))
			.satisfies((refusal) -> assertThat(refusal.getName()).isEqualTo(name));
	}

}
