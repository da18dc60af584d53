package io.htgateway.settings;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.apache.commons.text.similarity.LevenshteinDistance;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds properties and variables that look like the gateway's and do not exist, in every
 * source of the environment. Looks at their values only for whether they are empty.
 */
public final class UnknownNames {

	private static final String GATEWAY = "gateway";

	private static final LevenshteinDistance MISSPELT = new LevenshteinDistance(2);

	private static final String WORD = "[a-zA-Z]{1,20}[0-9]{0,3}";

	/**
	 * Names that surely are no token in the wrong place.
	 */
	private static final Pattern SHOWABLE = Pattern
		.compile(WORD + "(?:[._-]" + WORD + "|[._][0-9]{1,4}|\\[[0-9]{1,4}])*");

	/**
	 * Variables that Kubernetes adds for each service, such as one that is called
	 * gateway.
	 */
	private static final Pattern OF_SERVICE = Pattern
		.compile(".*\\.(service\\.(host|port)(\\..*)?|port(\\[[0-9]+]\\.(tcp|udp|sctp)(\\.(proto|port|addr))?)?)");

	private final KnownProperties known;

	UnknownNames(KnownProperties known) {
		this.known = known;
	}

	/**
	 * Hands each of them to the given consumer, in a sentence.
	 */
	void forEach(Environment environment, Consumer<String> problem) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				names.stream()
					.filter((name) -> isUnknown(name, variables) && !isEmptySection(name, source))
					.map((name) -> describe(name, source))
					.forEach(problem);
			}
		}
	}

	private boolean isUnknown(ConfigurationPropertyName name, boolean variable) {
		if (name.isEmpty() || (variable && OF_SERVICE.matcher(name.toString()).matches())) {
			return false;
		}
		String form = PropertyName.of(name);
		if (known.isBelowMap(form)) {
			return false;
		}
		String prefix = name.getElement(0, Form.UNIFORM);
		if (!prefix.equals(GATEWAY)) {
			return MISSPELT.apply(prefix, GATEWAY) >= 0
					&& known.nearest(GATEWAY + form.substring(prefix.length()), 1).isPresent();
		}
		return name.getNumberOfElements() > 1 && !(variable ? known.hasVariable(form) : known.hasName(form));
	}

	// A section of YAML with nothing but comments is a property without text.
	private boolean isEmptySection(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return property != null && property.getValue() instanceof CharSequence value && value.isEmpty()
				&& known.hasBelow(PropertyName.of(name));
	}

	private String describe(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		Optional<String> nearest = known.nearest(PropertyName.of(name));
		return "%s is not a property of the gateway%s".formatted(shown(name, source),
				nearest.map((right) -> "; did you mean " + right + "?").orElse("."));
	}

	private static String shown(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		if (!SHOWABLE.matcher(name.toString()).matches()) {
			return "A name that is not shown, since it may be a secret,";
		}
		ConfigurationProperty property = source.getConfigurationProperty(name);
		Origin origin = (property != null) ? property.getOrigin() : null;
		return name + Place.of(origin);
	}

	/**
	 * Returns a sentence on the first name in the given source that is neither the given
	 * property nor a part of it, if there is one.
	 */
	public static Optional<String> find(IterableConfigurationPropertySource source, String property) {
		UnknownNames names = new UnknownNames(KnownProperties.ofTheGateway());
		String list = PropertyName.of(property);
		return source.stream()
			.filter((name) -> !isPart(PropertyName.of(name), list) || names.isUnknown(name, false))
			.map((name) -> names.describe(name, source))
			.findFirst();
	}

	private static boolean isPart(String form, String list) {
		return form.equals(list) || form.startsWith(list + "[");
	}

}
