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
 * Finds properties and variables that look like the gateway's and that Spring Boot reads
 * no property of the gateway from, in every source of the environment.
 */
public final class UnknownNames {

	private static final String GATEWAY = "gateway";

	private static final Pattern FIRST = Pattern.compile("^[A-Za-z0-9]+");

	private static final LevenshteinDistance MISSPELT = new LevenshteinDistance(2);

	private static final String WORD = "[a-zA-Z]{1,20}[0-9]{0,3}";

	/**
	 * Names that surely are no token in the wrong place.
	 */
	private static final Pattern SHOWABLE = Pattern
		.compile(WORD + "(?:[._:/-]{1,2}" + WORD + "|[._][0-9]{1,4}|\\[[0-9]{1,4}])*_?");

	private static final Pattern OURS = Pattern.compile("gateway[^a-z0-9].*[a-z0-9].*", Pattern.CASE_INSENSITIVE);

	private final KnownProperties known;

	UnknownNames(KnownProperties known) {
		this.known = known;
	}

	/**
	 * Hands each of them to the given consumer, in a sentence.
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
		return (OURS.matcher(name).matches() || isLikeOurs(name)) && known.boundTo(name, isVariable(source)).isEmpty();
	}

	// Without its first word, or as a whole where words are not split.
	private boolean isLikeOurs(String name) {
		Matcher first = FIRST.matcher(name);
		return known.nearest(name, 1).isPresent()
				|| (first.find() && MISSPELT.apply(first.group().toLowerCase(Locale.ROOT), GATEWAY) >= 0
						&& known.nearest(GATEWAY + name.substring(first.end()), 1).isPresent());
	}

	private static boolean isVariable(EnumerablePropertySource<?> source) {
		return source instanceof SystemEnvironmentPropertySource;
	}

	// A section of YAML with nothing but comments is a property without text.
	private boolean isEmptySection(String name, EnumerablePropertySource<?> source) {
		return source.getProperty(name) instanceof CharSequence value && value.isEmpty() && known
			.hasBelow(PropertyName.of(ConfigurationPropertyName.adapt(name, isVariable(source) ? '_' : '.')));
	}

	private String describe(String name, EnumerablePropertySource<?> source) {
		boolean variable = isVariable(source);
		return shown(name, source)
				+ (variable ? " sets no property of the gateway" : " is not a property of the gateway")
				+ NameSuggestion.of(name, variable, known).map((right) -> "; did you mean " + right + "?").orElse(".");
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
	 * property nor a part of it, if there is one.
	 */
	public static Optional<String> find(EnumerablePropertySource<?> source, String property) {
		UnknownNames names = new UnknownNames(KnownProperties.ofTheGateway());
		return names(source).filter((name) -> !names.isPart(name, property))
			.map((name) -> names.describe(name, source))
			.findFirst();
	}

	private boolean isPart(String name, String list) {
		return known.boundTo(name, false)
			.filter((property) -> property.name().equals(list) || property.name().startsWith(list + PropertyName.INDEX))
			.isPresent();
	}

}
