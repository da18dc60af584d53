package io.htgateway.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ValueCheck}.
 */
class ValueCheckTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "gateway.risk.ttl | 5 | 5s (seconds), 5m (minutes) or 5ms (milliseconds).",
					"gateway.fills.ttl | 0 | 0s (seconds)", "gateway.upstream.connect-timeout | 2000 | 2000ms",
					"gateway.drain.delay | ' 10 ' | 10s (seconds)", "gateway.risk.stale-if-error | -1 | -1s",
					"gateway.cache.max-size | 256 | 256MB (megabytes), 256KB (kilobytes) or 256B",
					"gateway.downloads.max-size | 1000000 | 1000000KB", "gateway.risk.ttl | ${number} | 7s",
					"gateway.cache.soft-deadline | 9999999999999 | 9999999999999s",
					"spring.lifecycle.timeout-per-shutdown-phase | 30 | 30s (seconds)",
					"spring.data.redis.timeout | 2 | 2s (seconds)", "spring.data.redis.connect-timeout | 2 | 2s",
					"spring.data.redis.lettuce.cluster.refresh.period | 30 | 30s",
					"server.netty.connection-timeout | 5 | 5s", "server.max-http-request-header-size | 16 | 16KB",
					"management.opentelemetry.tracing.export.otlp.timeout | 10 | 10s" })
	void valueWithoutAUnitIsRefusedWithValidForms(String name, String value, String right) {
		assertThat(problems(name, value)).singleElement().asString().startsWith(name + " is ").contains(right);
	}

	@ParameterizedTest
	@CsvSource({ "GATEWAY_RISK_TTL", "GATEWAY_CACHE_MAXSIZE", "GATEWAY_UPSTREAM_RESPONSE_TIMEOUT" })
	void variableWithoutAUnitIsRefused(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, "5")));

		assertThat(problems(environment)).singleElement().asString().contains("is 5, which has no unit: write 5");
	}

	@ParameterizedTest
	@ValueSource(strings = { "5s", "0s", "PT5M", "1h", "250ms", "soon" })
	void valueThatIsNotANumberIsLeftToTheBinding(String value) {
		assertThat(problems("gateway.risk.ttl", value)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.risk.ttl", "gateway.cache.max-loads", "gateway.budget.plan",
			"gateway.budget.state-file", "gateway.pacing.enabled", "gateway.upstream.base-url" })
	void emptyValueIsRefused(String name) {
		assertThat(problems(name, " "))
			.containsExactly(name + " is empty: set a value, or remove it to use the default.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.upstream.api-key", "gateway.cors.allowed-origins", "gateway.shared.prefix" })
	void textMayBeEmpty(String name) {
		assertThat(problems(name, "")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.cache.max-loads", "server.shutdown-timeout", "gateway.budget.per-minute" })
	void propertyThatIsNotADurationMayBeANumber(String name) {
		assertThat(problems(name, "5")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "30ms", "999ms", "PT0.03S", "1ns" })
	void shutdownTimeoutBelowASecondIsRefused(String value) {
		assertThat(problems("spring.lifecycle.timeout-per-shutdown-phase", value)).singleElement()
			.asString()
			.isEqualTo(
					"spring.lifecycle.timeout-per-shutdown-phase is \"" + value + "\" and must be 0s, or 1s or more.");
	}

	@ParameterizedTest
	@CsvSource({ "spring.lifecycle.timeout-per-shutdown-phase, 1s", "spring.lifecycle.timeout-per-shutdown-phase, 0s",
			"spring.data.redis.timeout, 500ms", "server.max-http-request-header-size, 16KB",
			"spring.data.redis.port, 6379", "spring.data.redis.timeout, ''" })
	void valueOfTheFrameworkWithAUnitIsFine(String name, String value) {
		assertThat(problems(name, value)).isEmpty();
	}

	private static List<String> problems(String name, String value) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of(name, value, "number", "7")));
		return problems(environment);
	}

	private static List<String> problems(StandardEnvironment environment) {
		ConfigurationPropertySources.attach(environment);
		List<String> problems = new ArrayList<>();
		new ValueCheck(KnownProperties.ofTheGateway()).forEach(environment, problems::add);
		return problems;
	}

}
