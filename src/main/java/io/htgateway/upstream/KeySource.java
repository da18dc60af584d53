package io.htgateway.upstream;

import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Where the API key comes from.
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
	 * A property: an argument, a system property, or a line of a configuration file.
	 */
	PROPERTY;

	private static final ConfigurationPropertyName KEY = ConfigurationPropertyName.of("gateway.upstream.api-key");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)");

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

	// The property may be set to a variable by its name, as application.yaml does.
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
