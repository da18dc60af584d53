package io.htgateway.settings.failure;

import io.htgateway.settings.PropertyLocation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Reports a property of the framework at startup whose value the gateway does not accept.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidValueFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	private final @Nullable Environment environment;

	InvalidValueFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationPropertyValueException cause) {
		return new FailureAnalysis("%s%s is \"%s\" and %s.".formatted(cause.getName(),
				PropertyLocation.of(environment, cause.getName()), cause.getValue(), cause.getReason()),
				UnusableSettingsFailureAnalyzer.FRAMEWORK_ACTION, cause);
	}

}
