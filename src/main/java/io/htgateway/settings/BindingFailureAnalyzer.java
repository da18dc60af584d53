package io.htgateway.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.htgateway.secret.Secret;
import io.htgateway.settings.KnownProperties.Property;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Explains at start which property of the gateway has a bad value, and what would be a
 * good one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName GATEWAY = ConfigurationPropertyName.of("gateway");

	/**
	 * Its values may be tokens in the wrong place.
	 */
	private static final String TEAMS = "gateway.teams";

	private static final String OTHER = "another value";

	private static final String ACTION = "Correct it. docs/configuration.md lists every property with its default.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		boolean ours = GATEWAY.equals(cause.getName()) || GATEWAY.isAncestorOf(cause.getName());
		if (!ours || cause.getCause() instanceof UnboundConfigurationPropertiesException) {
			return null;
		}
		BindValidationException invalid = findCause(cause, BindValidationException.class);
		if (invalid != null) {
			return analysis(invalid.getValidationErrors()
				.getAllErrors()
				.stream()
				.map((error) -> sentence(invalid.getValidationErrors().getName(), error))
				.sorted()
				.collect(Collectors.joining(System.lineSeparator())), cause);
		}
		ConfigurationProperty property = cause.getProperty();
		IllegalArgumentException refused = findCause(cause, IllegalArgumentException.class);
		if (property == null && refused != null) {
			return analysis(refused.getMessage() + ".", cause);
		}
		return analysis(describe(cause.getName(), property), cause);
	}

	private static FailureAnalysis analysis(String description, Throwable cause) {
		return new FailureAnalysis(description, ACTION, cause);
	}

	private static String sentence(ConfigurationPropertyName prefix, ObjectError error) {
		if (!(error instanceof FieldError field)) {
			return prefix + " " + error.getDefaultMessage() + ".";
		}
		String name = prefix + "." + field.getField().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
		return "%s%s %s.".formatted(name, value(name, field.getRejectedValue()), error.getDefaultMessage());
	}

	private static String describe(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
		Object value = (property != null) ? property.getValue() : null;
		String origin = (property != null && property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "";
		return "%s%s%s must be %s.".formatted(name, origin, value(name.toString(), value),
				known(name).map(BindingFailureAnalyzer::expectation).orElse(OTHER));
	}

	private static String value(String name, @Nullable Object value) {
		return (value == null || isSecret(name)) ? "" : " is \"" + value + "\" and";
	}

	private static boolean isSecret(String name) {
		return name.startsWith(TEAMS)
				|| known(ConfigurationPropertyName.adapt(name, '.')).filter((known) -> known.isOf(Secret.class))
					.isPresent();
	}

	private static Optional<Property> known(ConfigurationPropertyName name) {
		return Optional.ofNullable(KnownProperties.ofTheGateway().byForm().get(PropertyName.of(name)));
	}

	private static String expectation(Property property) {
		if (property.isList()) {
			return "a list, numbered from 0";
		}
		return switch (property.type()) {
			case "java.time.Duration" -> "a duration such as 30s, 5m or 1h";
			case "org.springframework.util.unit.DataSize" -> "a size such as 512KB or 64MB";
			case "java.lang.Integer", "java.lang.Long" -> "a whole number";
			case "java.lang.Double" -> "a number such as 0.25";
			case "java.lang.Boolean" -> "true or false";
			case "java.net.URI" -> "a URL such as https://host.example";
			case "java.nio.file.Path" -> "the path of a file";
			default -> constants(property.type()).map((constants) -> "one of " + constants).orElse(OTHER);
		};
	}

	private static Optional<String> constants(String type) {
		ClassLoader classes = BindingFailureAnalyzer.class.getClassLoader();
		if (!ClassUtils.isPresent(type, classes)) {
			return Optional.empty();
		}
		Object[] constants = ClassUtils.resolveClassName(type, classes).getEnumConstants();
		return Optional.ofNullable(constants)
			.map((all) -> Arrays.stream(all)
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ")));
	}

}
