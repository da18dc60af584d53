package io.htgateway.settings.failure;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Reports a port that another process uses at startup, and the property that sets it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PortInUseFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	private static final Map<String, String> PORTS = Map.of("server.port", "SERVER_PORT", "management.server.port",
			"MANAGEMENT_SERVER_PORT");

	private final @Nullable Environment environment;

	PortInUseFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		String port = String.valueOf(cause.getPort());
		return PORTS.keySet()
			.stream()
			.filter((property) -> environment != null && port.equals(environment.getProperty(property)))
			.findFirst()
			.map((property) -> new FailureAnalysis(
					"Port %s of %s is in use by another process.".formatted(port, property),
					"Stop that process, or set the environment variable %s to another port."
						.formatted(PORTS.get(property)),
					cause))
			.orElse(null);
	}

}
