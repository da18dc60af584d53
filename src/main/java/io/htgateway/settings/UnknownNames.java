package io.htgateway.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Search for unknown names: properties and environment variables that look like the
 * gateway's, but to which Spring Boot binds no property of the gateway.
 */
public final class UnknownNames {

	private static final String GATEWAY = "gateway";

	private static final Pattern FIRST = Pattern.compile("^[A-Za-z0-9]+");

	private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(2);

	private static final String WORD = "[a-zA-Z]{1,20}[0-9]{0,3}";

	/**
	 * Names that cannot be a misplaced token, so that messages may show them.
	 */
	private static final Pattern SHOWABLE = Pattern
		.compile(WORD + "(?:[._:/-]{1,2}" + WORD + "|[._][0-9]{1,4}|\\[[0-9]{1,4}])*_?");

	private static final Pattern GATEWAY_NAME = Pattern.compile("gateway[^a-z0-9].*[a-z0-9].*",
			Pattern.CASE_INSENSITIVE);

	private final KnownProperties known;

	UnknownNames(KnownProperties known) {
		this.known = known;
	}

	/**
	 * Passes a sentence on each unknown name in the environment to the given consumer.
	 */
	void forEach(Environment environment, Consumer<String> problem) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> names) {
				names(names).filter((name) -> isUnknown(name, names) && !isEmptySection(name, names))
					.map((name) -> describe(name, names))
					.forEach(problem);
			}
		}
	}

	private static Stream<String> names(EnumerablePropertySource<?> source) {
		return Arrays.stream(source.getPropertyNames());
	}

	private boolean isUnknown(String name, EnumerablePropertySource<?> source) {
		if ((isVariable(source) && ServiceLinks.has(name, source)) || known.isBelowMap(name)) {
			return false;
		}
		return (GATEWAY_NAME.matcher(name).matches() || isMisspelt(name))
				&& known.boundTo(name, isVariable(source)).isEmpty();
	}

	// Compares the whole name, and also the name whose first word is almost "gateway".
	private boolean isMisspelt(String name) {
		Matcher first = FIRST.matcher(name);
		return known.nearest(name, 1).isPresent()
				|| (first.find() && DISTANCE.apply(first.group().toLowerCase(Locale.ROOT), GATEWAY) >= 0
						&& known.nearest(GATEWAY + name.substring(first.end()), 1).isPresent());
	}

	private static boolean isVariable(EnumerablePropertySource<?> source) {
		return source instanceof SystemEnvironmentPropertySource;
	}

	// YAML reads a section that has only comments as a property with an empty text.
	private boolean isEmptySection(String name, EnumerablePropertySource<?> source) {
		return source.getProperty(name) instanceof CharSequence value && value.isEmpty() && known
			.hasBelow(PropertyName.of(ConfigurationPropertyName.adapt(name, isVariable(source) ? '_' : '.')));
	}

	private String describe(String name, EnumerablePropertySource<?> source) {
		boolean variable = isVariable(source);
		return shown(name, source)
				+ (variable ? " sets no property of the gateway" : " is not a property of the gateway")
				+ NameSuggestion.of(name, variable, known).map((suggestion) -> "; " + suggestion).orElse(".");
	}

	private static String shown(String name, EnumerablePropertySource<?> source) {
		if (!SHOWABLE.matcher(name).matches()) {
			return "A name that is not shown, since it may be a secret,";
		}
		return isVariable(source) ? "Environment variable " + name
				: name + PropertyLocation.of(PropertySourceOrigin.get(source, name));
	}

	/**
	 * Returns a sentence on the first name in the given source that is neither the given
	 * list nor a part of it, if there is one.
	 * @param property name of the list
	 */
	public static Optional<String> find(EnumerablePropertySource<?> source, String property) {
		UnknownNames names = new UnknownNames(KnownProperties.ofTheGateway());
		return names(source).filter((name) -> !names.isPart(name, property) && !names.isEmptySection(name, source))
			.map((name) -> names.known.boundTo(name, false).isPresent()
					? shown(name, source) + " does not belong in this file, which has only " + property
					: names.describe(name, source))
			.findFirst();
	}

	private boolean isPart(String name, String list) {
		return known.boundTo(name, false)
			.filter((property) -> property.name().equals(list) || property.name().startsWith(list + PropertyName.INDEX))
			.isPresent();
	}

}
