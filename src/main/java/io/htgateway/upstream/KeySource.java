package io.htgateway.upstream;

import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Source of the API key.
 */
public enum KeySource {

	/**
	 * The file of <code>gateway.upstream.api-key-file</code>.
	 */
	FILE,

	/**
	 * An environment variable.
	 */
	ENVIRONMENT,

	/**
	 * A property: a command line argument, a system property, or a line of a
	 * configuration file.
	 */
	PROPERTY;

	private static final ConfigurationPropertyName KEY = ConfigurationPropertyName.of("gateway.upstream.api-key");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)");

	/**
	 * Returns the source that the key is read from.
	 */
	static KeySource of(UpstreamProperties properties, ConfigurableEnvironment environment) {
		if (properties.apiKeyFile() != null) {
			return FILE;
		}
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty key = source.getConfigurationProperty(KEY);
			if (key != null) {
				return isVariable(source, key, environment) ? ENVIRONMENT : PROPERTY;
			}
		}
		return PROPERTY;
	}

	// The property may refer to a variable by its name, as in application.yaml.
	private static boolean isVariable(ConfigurationPropertySource source, ConfigurationProperty key,
			ConfigurableEnvironment environment) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource
				|| PLACEHOLDER.matcher(String.valueOf(key.getValue()))
					.results()
					.anyMatch((name) -> isVariable(name.group(1).strip(), environment));
	}

	private static boolean isVariable(String name, ConfigurableEnvironment environment) {
		return environment.getPropertySources()
			.stream()
			.filter((source) -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
			.filter((source) -> source.containsProperty(name))
			.findFirst()
			.filter(SystemEnvironmentPropertySource.class::isInstance)
			.isPresent();
	}

}
