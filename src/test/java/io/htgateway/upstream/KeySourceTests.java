package io.htgateway.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link KeySource}.
 */
class KeySourceTests {

	private static final String YAML = "${HYPERTRACKER_API_KEY:}";

	@ParameterizedTest
	@CsvSource({ "HYPERTRACKER_API_KEY=a,, ENVIRONMENT", "GATEWAY_UPSTREAM_APIKEY=a,, ENVIRONMENT",
			"GATEWAY_UPSTREAM_API_KEY=a,, ENVIRONMENT", "OTHER=a, gateway.upstream.api-key=${OTHER}, ENVIRONMENT",
			"OTHER=a, gateway.upstream.api-key=a, PROPERTY", "HYPERTRACKER_API_KEY=a, HYPERTRACKER_API_KEY=a, PROPERTY",
			"HYPERTRACKER_API_KEY=a, gateway.upstream.apiKey=b, PROPERTY", ", HYPERTRACKER_API_KEY=a, PROPERTY",
			", gateway.upstream.api-key=a${b, PROPERTY", ",, PROPERTY" })
	void sourceIsThatOfTheFirstPropertySourceThatHasTheKey(@Nullable String variable, @Nullable String property,
			KeySource source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", map(variable)));
		environment.getPropertySources().addFirst(new MapPropertySource("arguments", map(property)));
		environment.getPropertySources()
			.addLast(new MapPropertySource("application.yaml", Map.of("gateway.upstream.api-key", YAML)));
		ConfigurationPropertySources.attach(environment);

		assertThat(KeySource.of(properties(null), environment)).isEqualTo(source);
	}

	@Test
	void sourceIsTheFileWhereOneIsSet() {
		assertThat(KeySource.of(properties(Path.of("key")), new StandardEnvironment())).isEqualTo(KeySource.FILE);
	}

	private static Map<String, Object> map(@Nullable String pair) {
		Map<String, Object> map = new HashMap<>();
		if (pair != null) {
			String[] parts = pair.split("=", 2);
			map.put(parts[0], parts[1]);
		}
		return map;
	}

	private static UpstreamProperties properties(@Nullable Path file) {
		return new UpstreamProperties(URI.create("https://host.example"), Secret.of(""), file, Duration.ofSeconds(1),
				Duration.ofSeconds(1), DataSize.ofMegabytes(1));
	}

}
