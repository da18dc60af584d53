package io.htgateway.settings.failure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.htgateway.settings.PropertyLocation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Reports certificates, keys, configuration files and Redis URLs that cannot be used at
 * startup. Without this report, the framework would print a stack trace, or the password
 * in a URL.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FrameworkFailureAnalyzer implements FailureAnalyzer {

	private static final int MAX_CAUSES = 20;

	// The class is not visible outside of its package, so it is compared by name.
	private static final String REDIS_URL_FAILURE = "DataRedisUrlSyntaxException";

	private static final List<String> BUNDLES = List.of("server.ssl.bundle", "management.server.ssl.bundle",
			"spring.http.clients.ssl.bundle", "spring.data.redis.ssl.bundle");

	private static final Pattern STORE = Pattern.compile("Unable to create (key|trust) store: .*", Pattern.DOTALL);

	private static final Pattern FILE = Pattern.compile("Error reading certificate or key from file '(.*)'");

	private static final Pattern CONFIGURATION = Pattern.compile("Unable to load config data from '(.*)'");

	private final @Nullable Environment environment;

	FrameworkFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			FailureAnalysis analysis = of(cause);
			if (analysis != null) {
				return analysis;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private @Nullable FailureAnalysis of(Throwable cause) {
		String message = String.valueOf(cause.getMessage());
		Matcher configuration = CONFIGURATION.matcher(message);
		if (configuration.matches()) {
			return new FailureAnalysis(
					"%s cannot be read as configuration: its name must end in .yaml, .yml or .properties."
						.formatted(configuration.group(1).replaceFirst("^file:", "")),
					"Rename the file, and write it in one of these formats. If it is a directory, end its name with a"
							+ " slash.",
					cause);
		}
		if (cause.getClass().getSimpleName().equals(REDIS_URL_FAILURE)) {
			return new FailureAnalysis(
					"spring.data.redis.url%s is not a Redis URL. Its value is not shown, since it may have a password."
						.formatted(PropertyLocation.of(environment, "spring.data.redis.url")),
					"Set it to a URL such as redis://host:6379, or rediss://host:6379 for TLS, or set"
							+ " spring.data.redis.host and spring.data.redis.port instead.",
					cause);
		}
		if (cause instanceof NoSuchSslBundleException missing) {
			return ofBundle(missing);
		}
		Matcher store = STORE.matcher(message);
		return store.matches() ? ofStore(store.group(1), message, cause) : null;
	}

	private FailureAnalysis ofBundle(NoSuchSslBundleException missing) {
		String name = missing.getBundleName();
		String properties = BUNDLES.stream()
			.filter((property) -> environment != null && name.equals(environment.getProperty(property)))
			.map((property) -> property + PropertyLocation.of(environment, property))
			.collect(Collectors.joining(", "));
		return new FailureAnalysis(
				"%s is \"%s\", but no SSL bundle of that name is configured.".formatted(properties, name),
				("Configure the bundle with spring.ssl.bundle.pem.%1$s.* or spring.ssl.bundle.jks.%1$s.*, or set the"
						+ " name of a configured bundle.")
					.formatted(name),
				missing);
	}

	private static FailureAnalysis ofStore(String store, String message, Throwable cause) {
		Matcher file = FILE.matcher(message);
		String problem = file.find() ? "The certificate or key file %s cannot be read.".formatted(file.group(1))
				: "A certificate or key is not valid: the %s store cannot be created from it.".formatted(store);
		return new FailureAnalysis(problem,
				"Check spring.ssl.bundle.*: certificates and keys must be PEM files that the gateway's user may read.",
				cause);
	}

}
