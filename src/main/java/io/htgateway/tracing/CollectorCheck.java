package io.htgateway.tracing;

import java.net.URI;
import java.util.Objects;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Rejects invalid settings of a collector, and names the property. Without this check,
 * the libraries would fail at the start in their own words.
 */
final class CollectorCheck {

	private static final String TRANSPORT = "management.opentelemetry.tracing.export.otlp.transport";

	private static final String PROBABILITY = "management.tracing.sampling.probability";

	private CollectorCheck() {
	}

	/**
	 * Checks the settings.
	 * @throws InvalidConfigurationPropertyValueException for the first invalid one
	 */
	static void check(Environment environment) {
		String endpoint = environment.getProperty(OnCollector.ENDPOINT, "");
		if (!isHttp(endpoint)) {
			throw new InvalidConfigurationPropertyValueException(OnCollector.ENDPOINT, endpoint,
					"must be an http or https URL with its path, such as http://collector:4318/v1/traces");
		}
		String transport = environment.getProperty(TRANSPORT, "http");
		if (!transport.equalsIgnoreCase("http")) {
			throw new InvalidConfigurationPropertyValueException(TRANSPORT, transport, "must be http");
		}
		double probability = environment.getProperty(PROBABILITY, Double.class, 1.0);
		if (!(probability >= 0 && probability <= 1)) {
			throw new InvalidConfigurationPropertyValueException(PROBABILITY, probability, "must be from 0 to 1");
		}
	}

	private static boolean isHttp(String endpoint) {
		try {
			URI uri = URI.create(endpoint.strip());
			String scheme = Objects.requireNonNullElse(uri.getScheme(), "");
			return uri.getHost() != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
