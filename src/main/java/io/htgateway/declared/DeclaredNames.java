package io.htgateway.declared;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.settings.UnusableSettingsException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Checks the properties of declared endpoints in every source of the environment: their
 * names must exist, and their durations and sizes must have a unit.
 */
final class DeclaredNames {

	private static final ConfigurationPropertyName ENDPOINTS = ConfigurationPropertyName.of("gateway.endpoints");

	/**
	 * Number of name elements before the property of an endpoint:
	 * <code>gateway.endpoints.name</code>.
	 */
	private static final int PREFIX_LENGTH = 3;

	private static final List<RecordComponent> ENDPOINT_PROPERTIES = List
		.of(DeclaredProperties.class.getRecordComponents());

	private static final List<RecordComponent> PARAMETER_PROPERTIES = List
		.of(DeclaredParameter.class.getRecordComponents());

	private static final Pattern PARAMETER = Pattern.compile("parameters\\[[0-9]+]([a-z]*)");

	private static final Pattern UNITLESS = Pattern.compile("[+-]?[0-9]+");

	private DeclaredNames() {
	}

	/**
	 * Checks all properties of declared endpoints.
	 * @throws UnusableSettingsException if one is invalid; the message names it and the
	 * rule
	 */
	static void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> ENDPOINTS.isAncestorOf(name) && name.getNumberOfElements() >= PREFIX_LENGTH)
					.forEach((name) -> check(name, source));
			}
		}
	}

	private static void check(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		String relative = relativeName(name);
		Optional<RecordComponent> known = find(relative, ENDPOINT_PROPERTIES);
		if (known.isEmpty() && !isParameterProperty(relative)) {
			throw new UnusableSettingsException(name + " is not a property of an endpoint. Endpoints have "
					+ names(ENDPOINT_PROPERTIES).sorted().collect(Collectors.joining(", ")) + "; parameters have "
					+ names(PARAMETER_PROPERTIES).collect(Collectors.joining(", ")) + ".");
		}
		Class<?> type = known.<Class<?>>map(RecordComponent::getType).orElse(Object.class);
		if (type == Duration.class) {
			requireUnit(name, source, "%2$ss (seconds) or %2$sm (minutes)");
		}
		else if (type == DataSize.class) {
			requireUnit(name, source, "%2$sMB (megabytes) or %2$sKB (kilobytes)");
		}
	}

	private static boolean isParameterProperty(String relative) {
		Matcher parameter = PARAMETER.matcher(relative);
		return parameter.matches()
				&& (parameter.group(1).isEmpty() || find(parameter.group(1), PARAMETER_PROPERTIES).isPresent());
	}

	// The binder's uniform names are in lower case, without dashes.
	private static Optional<RecordComponent> find(String uniformName, List<RecordComponent> properties) {
		return properties.stream().filter((property) -> property.getName().equalsIgnoreCase(uniformName)).findFirst();
	}

	private static Stream<String> names(List<RecordComponent> properties) {
		return properties.stream().map((property) -> DataObjectPropertyName.toDashedForm(property.getName()));
	}

	private static void requireUnit(ConfigurationPropertyName name, ConfigurationPropertySource source,
			String example) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		String value = (property != null) ? property.getValue().toString().strip() : "";
		if (UNITLESS.matcher(value).matches()) {
			throw new UnusableSettingsException(
					("%s is %s, which has no unit: write " + example + ".").formatted(name, value));
		}
	}

	// An environment variable has the same character for dots and dashes.
	private static String relativeName(ConfigurationPropertyName name) {
		return IntStream.range(PREFIX_LENGTH, name.getNumberOfElements())
			.mapToObj((index) -> name.isNumericIndex(index) ? "[" + name.getElement(index, Form.ORIGINAL) + "]"
					: name.getElement(index, Form.UNIFORM))
			.collect(Collectors.joining());
	}

}
