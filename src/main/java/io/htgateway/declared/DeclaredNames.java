package io.htgateway.declared;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.settings.UnusableSettingsException;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

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

	private static final List<String> NAMES = List.of("path", "kind", "ttl", "stale-while-revalidate", "stale-if-error",
			"max-size", "media-type", "parameters");

	private static final List<String> DURATIONS = NAMES.subList(2, 5);

	private static final String SIZE = letters(NAMES.get(5));

	private static final List<String> OF_PARAMETERS = List.of("name", "pattern", "required", "array", "lower-case");

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
		if (DURATIONS.stream().map(DeclaredNames::letters).anyMatch(own::equals)) {
			requireUnit(name, source, "%2$ss (seconds) or %2$sm (minutes)");
		}
		else if (own.equals(SIZE)) {
			requireUnit(name, source, "%2$sMB (megabytes) or %2$sKB (kilobytes)");
		}
		else if (!isKnown(own)) {
			throw new UnusableSettingsException(name + " is not a property of an endpoint, which has "
					+ NAMES.stream().sorted(Comparator.naturalOrder()).collect(Collectors.joining(", "))
					+ "; parameters have " + String.join(", ", OF_PARAMETERS) + ".");
		}
	}

	private static boolean isKnown(String own) {
		return NAMES.stream().map(DeclaredNames::letters).anyMatch(own::equals) || own.matches("parameters\\[[0-9]+]")
				|| Stream.of(OF_PARAMETERS)
					.flatMap(List::stream)
					.anyMatch((part) -> own.matches("parameters\\[[0-9]+]" + letters(part)));
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

	private static String letters(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

}
