package io.htgateway.teams;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds properties that do not exist, directly under <code>gateway</code> or of teams,
 * and tells their names without their values: what is misspelt must leave neither a team
 * without its limit nor the gateway open.
 */
final class UnknownProperties {

	static final ConfigurationPropertyName GATEWAY = ConfigurationPropertyName.of("gateway");

	private static final String WORD = "[a-zA-Z]{1,20}[0-9]{0,3}";

	/**
	 * What surely is no token.
	 */
	private static final Pattern NAME = Pattern.compile(WORD + "(?:[.-]" + WORD + "|\\[[0-9]{1,4}])*");

	private static final Set<String> KNOWN = PropertyNames.of(TeamsProperties.class);

	/**
	 * Variables have one character for dots and dashes.
	 */
	private static final Set<String> KNOWN_VARIABLES = KNOWN.stream()
		.map(UnknownProperties::withoutDots)
		.collect(Collectors.toSet());

	/**
	 * What Kubernetes adds to the environment for each service.
	 */
	private static final Pattern OF_SERVICE = Pattern
		.compile(".*\\.(service\\.(host|port)(\\..*)?|port(\\[[0-9]+]\\.(tcp|udp|sctp)(\\.(proto|port|addr))?)?)");

	private UnknownProperties() {
	}

	/**
	 * Fails with an {@link UnboundConfigurationPropertiesException} where there are some.
	 * Of variables of the environment only those that begin like teams are looked at: the
	 * others may be of somebody else.
	 * @param others names that others have directly under <code>gateway</code>
	 */
	static void refuse(Environment environment, Set<String> others) {
		Set<ConfigurationProperty> unknown = new HashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				Predicate<ConfigurationPropertyName> isUnknown = isVariables(source)
						? UnknownProperties::isUnknownVariable : (name) -> isUnknown(name, others);
				names.stream()
					.filter((name) -> GATEWAY.isAncestorOf(name) && isUnknown.test(name))
					.forEach((name) -> unknown.add(new ConfigurationProperty(name, "", null)));
			}
		}
		if (!unknown.isEmpty()) {
			throw new UnboundConfigurationPropertiesException(unknown);
		}
	}

	private static boolean isVariables(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	private static boolean isUnknown(ConfigurationPropertyName name, Set<String> others) {
		String plain = PropertyNames.of(name);
		return !KNOWN.contains(plain) && !others.contains(plain.split("[.\\[]", 2)[0]);
	}

	private static boolean isUnknownVariable(ConfigurationPropertyName name) {
		String plain = withoutDots(PropertyNames.of(name));
		return plain.startsWith("team") && !KNOWN_VARIABLES.contains(plain)
				&& !OF_SERVICE.matcher(name.toString()).matches();
	}

	private static String withoutDots(String name) {
		return name.replace(".", "");
	}

	/**
	 * What is unknown, in words.
	 */
	static String of(UnboundConfigurationPropertiesException unknown) {
		return unknown.getUnboundProperties()
			.stream()
			.map((property) -> property.getName().toString())
			.map((name) -> NAME.matcher(name).matches() ? name : "one whose name is not told here")
			.distinct()
			.sorted()
			.limit(10)
			.collect(Collectors.joining(", ", "properties that do not exist: ", ""));
	}

}
