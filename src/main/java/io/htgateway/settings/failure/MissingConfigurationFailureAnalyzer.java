package io.htgateway.settings.failure;

import io.htgateway.settings.PropertyLocation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationNotFoundException;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a configuration file or directory that does not exist at startup, and which
 * setting names it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigDataNotFoundException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigDataNotFoundException cause) {
		ConfigDataLocation location = switch (cause) {
			case ConfigDataLocationNotFoundException missing -> missing.getLocation();
			case ConfigDataResourceNotFoundException missing -> missing.getLocation();
			default -> null;
		};
		if (location == null) {
			return null;
		}
		String path = location.getNonPrefixedValue("file:");
		return new FailureAnalysis(
				"The configuration %s %s%s does not exist.".formatted(path.endsWith("/") ? "directory" : "file", path,
						PropertyLocation.of(location.getOrigin())),
				"Correct the path. If it may be missing, write optional: before it, such as"
						+ " optional:file:/etc/gateway.yaml.",
				cause);
	}

}
