package io.htgateway.settings.failure;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.htgateway.secret.Secret;
import io.htgateway.settings.KnownProperties;
import io.htgateway.settings.KnownProperties.Property;
import io.htgateway.settings.PropertyLocation;
import io.htgateway.settings.PropertyName;
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
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Reports properties with invalid values at startup: where each is set, its value unless
 * it may be a secret, and what a valid value is.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName GATEWAY = ConfigurationPropertyName.of("gateway");

	/**
	 * Section whose values may be misplaced tokens, so that they are not shown.
	 */
	private static final String TEAMS = "gateway.access.teams";

	/**
	 * Rule for a property whose type has no rule of its own: mostly, a placeholder
	 * failed.
	 */
	private static final String READABLE = "a value without unresolved or circular ${...} placeholders";

	private final @Nullable Environment environment;

	BindingFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (cause.getCause() instanceof UnboundConfigurationPropertiesException) {
			return null;
		}
		if (!GATEWAY.equals(cause.getName()) && !GATEWAY.isAncestorOf(cause.getName())) {
			return ofFramework(cause);
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
		IllegalArgumentException rejected = findCause(cause, IllegalArgumentException.class);
		if (property == null && rejected != null) {
			return analysis(PropertyLocation.in(environment, rejected.getMessage() + "."), cause);
		}
		return analysis(describe(cause.getName(), property,
				String.valueOf(cause.getTarget().getType().resolve(Object.class).getName())), cause);
	}

	// Shows the value of a framework property only if its type is a number, a boolean, a
	// duration, a size or an enum. A URI may contain a password.
	private static @Nullable FailureAnalysis ofFramework(BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		Class<?> target = cause.getTarget().getType().resolve();
		Optional<String> expected = (target != null)
				? expectation(ClassUtils.resolvePrimitiveIfNecessary(target).getName()) : Optional.empty();
		if (property == null || expected.isEmpty() || target == URI.class || target == Path.class) {
			return null;
		}
		return new FailureAnalysis(
				"%s%s is \"%s\" and must be %s.".formatted(property.getName(),
						PropertyLocation.of(property.getOrigin()), property.getValue(), expected.get()),
				UnusableSettingsFailureAnalyzer.FRAMEWORK_ACTION, cause);
	}

	private static FailureAnalysis analysis(String description, Throwable cause) {
		return new FailureAnalysis(description, UnusableSettingsFailureAnalyzer.ACTION, cause);
	}

	private String sentence(ConfigurationPropertyName prefix, ObjectError error) {
		if (!(error instanceof FieldError field)) {
			return prefix + " " + error.getDefaultMessage() + ".";
		}
		String name = prefix + "." + field.getField().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
		Optional<ConfigurationProperty> configured = PropertyLocation.find(environment, name);
		String location = PropertyLocation.of(environment,
				configured.isPresent() ? name : name.replaceAll("\\[.*", ""));
		return "%s%s%s %s.".formatted(name, location,
				value(name, configured.map((property) -> text(name)).orElse(field.getRejectedValue())),
				error.getDefaultMessage());
	}

	// Returns the value as the operator wrote it, not as a Duration prints it.
	private @Nullable Object text(String name) {
		return (environment != null) ? environment.getProperty(name) : null;
	}

	private static String describe(ConfigurationPropertyName name, @Nullable ConfigurationProperty property,
			String target) {
		Object value = (property != null) ? property.getValue() : null;
		String origin = (property != null) ? PropertyLocation.of(property.getOrigin()) : "";
		return "%s%s%s must be %s.".formatted(name, origin, value(name.toString(), value),
				known(name).flatMap(BindingFailureAnalyzer::expectation)
					.or(() -> expectation(target))
					.orElse(READABLE));
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

	private static Optional<String> expectation(Property property) {
		return property.isList() ? Optional.of("a list, numbered from 0") : expectation(property.type());
	}

	private static Optional<String> expectation(String type) {
		return switch (type) {
			case "java.time.Duration" -> Optional.of("a duration such as 30s, 5m or 1h");
			case "org.springframework.util.unit.DataSize" ->
				Optional.of("a size such as 512KB or 64MB (1MB is 1024KB; there is no unit Mi)");
			case "java.lang.Integer", "java.lang.Long" -> Optional.of("a whole number without separators, such as 20");
			case "java.lang.Double" -> Optional.of("a number such as 0.25");
			case "java.lang.Boolean" -> Optional.of("true or false");
			case "java.net.URI" -> Optional.of("a URL such as https://host.example");
			case "java.nio.file.Path" -> Optional.of("the path of a file");
			default -> constants(type).map((constants) -> "one of " + constants);
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
