package io.htgateway.settings.failure;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a gap in the indexes of a list at startup. Without this report, the framework
 * would print the values too, which may be secrets.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ListGapFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	private static final ConfigurationPropertyName GATEWAY = ConfigurationPropertyName.of("gateway");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		String names = cause.getUnboundProperties()
			.stream()
			.map((property) -> property.getName())
			.filter(GATEWAY::isAncestorOf)
			.map(ConfigurationPropertyName::toString)
			.sorted()
			.limit(10)
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? null : new FailureAnalysis("The indexes of a list have a gap before " + names + ".",
				"Number the elements of a list from 0 without gaps, such as gateway.access.teams[0] and gateway.access.teams[1].",
				cause);
	}

}
