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
 * Checks the names of the properties of declared endpoints, and that their durations and
 * sizes have a unit, in every source of the environment.
 */
final class DeclaredNames {

	private static final ConfigurationPropertyName ENDPOINTS = ConfigurationPropertyName.of("gateway.endpoints");

	/**
	 * Number of elements before the name of a property of an endpoint.
	 */
	private static final int BEFORE = 3;

	private static final List<RecordComponent> OF_ENDPOINTS = List.of(DeclaredProperties.class.getRecordComponents());

	private static final List<RecordComponent> OF_PARAMETERS = List.of(DeclaredParameter.class.getRecordComponents());

	private static final Pattern PARAMETER = Pattern.compile("parameters\\[[0-9]+]([a-z]*)");

	private static final Pattern BARE = Pattern.compile("[+-]?[0-9]+");

	private DeclaredNames() {
	}

	/**
	 * Requires that all of them are right.
	 * @throws UnusableSettingsException with a sentence about one that is not
	 */
	static void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				names.stream()
					.filter((name) -> ENDPOINTS.isAncestorOf(name) && name.getNumberOfElements() >= BEFORE)
					.forEach((name) -> check(name, source));
			}
		}
	}

	private static void check(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		String own = own(name);
		Optional<RecordComponent> known = find(own, OF_ENDPOINTS);
		if (known.isEmpty() && !isOfParameter(own)) {
			throw new UnusableSettingsException(name + " is not a property of an endpoint, which has "
					+ names(OF_ENDPOINTS).sorted().collect(Collectors.joining(", ")) + "; parameters have "
					+ names(OF_PARAMETERS).collect(Collectors.joining(", ")) + ".");
		}
		Class<?> type = known.<Class<?>>map(RecordComponent::getType).orElse(Object.class);
		if (type == Duration.class) {
			requireUnit(name, source, "%2$ss (seconds) or %2$sm (minutes)");
		}
		else if (type == DataSize.class) {
			requireUnit(name, source, "%2$sMB (megabytes) or %2$sKB (kilobytes)");
		}
	}

	private static boolean isOfParameter(String own) {
		Matcher parameter = PARAMETER.matcher(own);
		return parameter.matches()
				&& (parameter.group(1).isEmpty() || find(parameter.group(1), OF_PARAMETERS).isPresent());
	}

	// The names of the binder are in small letters, without dashes.
	private static Optional<RecordComponent> find(String uniform, List<RecordComponent> properties) {
		return properties.stream().filter((property) -> property.getName().equalsIgnoreCase(uniform)).findFirst();
	}

	private static Stream<String> names(List<RecordComponent> properties) {
		return properties.stream().map((property) -> DataObjectPropertyName.toDashedForm(property.getName()));
	}

	private static void requireUnit(ConfigurationPropertyName name, ConfigurationPropertySource source, String right) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		String value = (property != null) ? property.getValue().toString().strip() : "";
		if (BARE.matcher(value).matches()) {
			throw new UnusableSettingsException(
					("%s is %s, which has no unit: write " + right + ".").formatted(name, value));
		}
	}

	// A variable has one character for dots and dashes.
	private static String own(ConfigurationPropertyName name) {
		return IntStream.range(BEFORE, name.getNumberOfElements())
			.mapToObj((index) -> name.isNumericIndex(index) ? "[" + name.getElement(index, Form.ORIGINAL) + "]"
					: name.getElement(index, Form.UNIFORM))
			.collect(Collectors.joining());
	}

}
