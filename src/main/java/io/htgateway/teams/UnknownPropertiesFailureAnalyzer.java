package io.htgateway.teams;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains at start which properties of teams do not exist. The framework would tell what
 * they are set to as well, which may be a token.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	private static final ConfigurationPropertyName TEAMS = ConfigurationPropertyName.of(UnknownProperties.TEAMS);

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		boolean teams = cause.getUnboundProperties()
			.stream()
			.anyMatch((property) -> TEAMS.isAncestorOf(property.getName()));
		return teams ? new FailureAnalysis("The configuration of teams has " + UnknownProperties.of(cause) + ".",
				"Take them out, or correct their names, as docs/teams.md shows. Teams are numbered from 0 without gaps.",
				cause) : null;
	}

}
