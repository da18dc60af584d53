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
 * Where a property is set, in the words of an operator: a variable, an argument, or a
 * line of a file.
 */
public final class PropertyLocation {

	private static final Pattern NAME = Pattern.compile("^[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+|\\[[0-9]+])+");

	private PropertyLocation() {
	}

	/**
	 * Returns the given place in parentheses, or an empty text if it is not known.
	 */
	public static String of(@Nullable Origin origin) {
		String words = words(origin);
		return words.isEmpty() ? "" : " (" + words + ")";
	}

	/**
	 * Returns the place of the property that the given environment has under the given
	 * name, in parentheses, or an empty text if it is not known.
	 */
	public static String of(@Nullable Environment environment, String name) {
		return find(environment, name).map(ConfigurationProperty::getOrigin).map(PropertyLocation::of).orElse("");
	}

	private static String words(@Nullable Origin origin) {
		return switch (origin) {
			case null -> "";
			case SystemEnvironmentOrigin variable -> "environment variable " + variable.getProperty();
			case TextResourceOrigin text -> words(text);
			case PropertySourceOrigin source when source.getOrigin() != null -> words(source.getOrigin());
			case PropertySourceOrigin source -> words(source);
			default -> origin.toString();
		};
	}

	private static String words(PropertySourceOrigin origin) {
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

	private static String words(TextResourceOrigin text) {
		String line = (text.getLocation() != null) ? "line " + (text.getLocation().getLine() + 1) : "";
		String file = file(text.getResource());
		return (file.isEmpty() || line.isEmpty()) ? file + line : file + ", " + line;
	}

	// Text without a file is of one that is named beside it.
	static String file(@Nullable Resource resource) {
		try {
			return (resource != null && resource.isFile()) ? resource.getFile().getPath() : "";
		}
		catch (IOException notFile) {
			return "";
		}
	}

	/**
	 * Returns the property that the given environment has under the given name.
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
	 * Adds the place of the property with which the given sentence begins, if it begins
	 * with one.
	 */
	public static String in(@Nullable Environment environment, String sentence) {
		return insert((name) -> find(environment, name), sentence);
	}

	/**
	 * Returns the same for a property of the given source.
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
