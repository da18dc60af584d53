package io.htgateway.teams;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains at start which properties do not exist. The framework would tell what they are
 * set to as well, which may be a token.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		boolean ours = cause.getUnboundProperties()
			.stream()
			.anyMatch((property) -> UnknownProperties.GATEWAY.isAncestorOf(property.getName()));
		return ours ? new FailureAnalysis("The configuration has " + UnknownProperties.of(cause) + ".",
				"Take them out, or correct their names. docs/configuration.md has all of them. gateway.teams is a list, numbered from 0"
						+ " without gaps, of teams with " + PropertyNames.written(TeamsProperties.Entry.class)
						+ "; gateway.teams-jwt has " + PropertyNames.written(TeamsProperties.Jwt.class) + ".",
				cause) : null;
	}

}
