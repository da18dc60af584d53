package io.htgateway.settings;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/**
 * Where a property is set, as messages for operators name it: an environment variable, an
 * argument, a system property, or a line of a file.
 */
public final class PropertyLocation {

	private static final Pattern NAME = Pattern.compile("^[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+|\\[[0-9]+])+");

	private PropertyLocation() {
	}

	/**
	 * Returns the given location in parentheses after a space, or an empty text if it is
	 * unknown.
	 */
	public static String of(@Nullable Origin origin) {
		String location = describe(origin);
		return location.isEmpty() ? "" : " (" + location + ")";
	}

	/**
	 * Returns the location of the named property in the given environment, in parentheses
	 * after a space, or an empty text if it is unknown.
	 */
	public static String of(@Nullable Environment environment, String name) {
		return find(environment, name).map(ConfigurationProperty::getOrigin).map(PropertyLocation::of).orElse("");
	}

	private static String describe(@Nullable Origin origin) {
		return switch (origin) {
			case null -> "";
			case SystemEnvironmentOrigin variable -> "environment variable " + variable.getProperty();
			case TextResourceOrigin text -> describe(text);
			case PropertySourceOrigin source when source.getOrigin() != null -> describe(source.getOrigin());
			case PropertySourceOrigin source -> describe(source);
			default -> origin.toString();
		};
	}

	private static String describe(PropertySourceOrigin origin) {
		String source = origin.getPropertySource().getName();
		if (source.endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
			return "environment variable " + origin.getPropertyName();
		}
		return switch (source) {
			case CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME ->
				"argument --" + origin.getPropertyName();
			case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME ->
				"system property " + origin.getPropertyName();
			default -> origin.toString();
		};
	}

	private static String describe(TextResourceOrigin text) {
		String line = (text.getLocation() != null) ? "line " + (text.getLocation().getLine() + 1) : "";
		String file = file(text.getResource());
		return (file.isEmpty() || line.isEmpty()) ? file + line : file + ", " + line;
	}

	/**
	 * Returns the path of the file of the given resource, or an empty text if it is not a
	 * file.
	 */
	static String file(@Nullable Resource resource) {
		try {
			return (resource != null && resource.isFile()) ? resource.getFile().getPath() : "";
		}
		catch (IOException notFile) {
			return "";
		}
	}

	/**
	 * Returns the named property of the given environment, from its first source that has
	 * it.
	 */
	public static Optional<ConfigurationProperty> find(@Nullable Environment environment, String name) {
		if (environment == null || !ConfigurationPropertyName.isValid(name)) {
			return Optional.empty();
		}
		ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
		for (var source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(wanted);
			if (property != null) {
				return Optional.of(property);
			}
		}
		return Optional.empty();
	}

	/**
	 * Returns the given sentence with the location of the property with which it begins.
	 * Returns the sentence unchanged if it does not begin with a property of the
	 * environment, or if it has a location already.
	 */
	public static String in(@Nullable Environment environment, String sentence) {
		return insert((name) -> find(environment, name), sentence);
	}

	/**
	 * Does the same as {@link #in(Environment, String)}, with properties of the given
	 * source.
	 */
	public static String in(ConfigurationPropertySource source, String sentence) {
		return insert(
				(name) -> Optional.ofNullable(source.getConfigurationProperty(ConfigurationPropertyName.of(name))),
				sentence);
	}

	private static String insert(Function<String, Optional<ConfigurationProperty>> properties, String sentence) {
		Matcher name = NAME.matcher(sentence);
		if (!name.find() || sentence.startsWith(" (", name.end())) {
			return sentence;
		}
		return properties.apply(name.group())
			.map(ConfigurationProperty::getOrigin)
			.map((origin) -> name.group() + of(Objects.requireNonNull(origin)) + sentence.substring(name.end()))
			.orElse(sentence);
	}

}
