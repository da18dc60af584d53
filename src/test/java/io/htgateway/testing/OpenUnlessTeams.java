package io.htgateway.testing;

import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Opens the gateway of each test that says nothing about who may call, so that only tests
 * of access do.
 */
public final class OpenUnlessTeams implements EnvironmentPostProcessor, Ordered {

	/**
	 * Argument of a start that opens only by its own configuration.
	 */
	public static final String OFF = "--test.open-unless-teams=false";

	private static final String OPEN = "gateway.access.open";

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getProperty("test.open-unless-teams", Boolean.class, true)
				&& Stream.of(OPEN, "gateway.access.teams", "gateway.access.teams-file", "gateway.access.jwt")
					.map(ConfigurationPropertyName::of)
					.noneMatch((name) -> isSet(environment, name))) {
			environment.getPropertySources().addLast(new MapPropertySource("openUnlessTeams", Map.of(OPEN, "true")));
		}
	}

	private static boolean isSet(ConfigurableEnvironment environment, ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.getConfigurationProperty(name) != null
					|| source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

}
