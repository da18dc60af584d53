package io.htgateway.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Suggestion for an unknown name: the property that the operator most likely meant, in
 * the form of its source.
 */
final class NameSuggestion {

	/**
	 * Properties by the letters of unknown names that are often used for them.
	 */
	private static final Map<String, String> COMMON_MISTAKES = Map.ofEntries(Map.entry("gatewayport", "server.port"),
			Map.entry("gatewayserverport", "server.port"), Map.entry("gatewayserviceport", "server.port"),
			Map.entry("gatewaymanagementport", "management.server.port"),
			Map.entry("gatewaymanagementserverport", "management.server.port"),
			Map.entry("gatewaysharedport", "spring.data.redis.port"),
			Map.entry("gatewaysharedhost", "spring.data.redis.host"),
			Map.entry("gatewaysharedurl", "spring.data.redis.url"),
			Map.entry("gatewaysharedpassword", "spring.data.redis.password"),
			Map.entry("gatewayupstreamhost", "gateway.upstream.base-url"),
			Map.entry("gatewayupstreamport", "gateway.upstream.base-url"));

	private NameSuggestion() {
	}

	/**
	 * Returns the suggestion for the given unknown name, if a property is similar.
	 * @param variable whether the name is that of an environment variable
	 */
	static Optional<String> of(String name, boolean variable, KnownProperties known) {
		Optional<String> property = Optional.ofNullable(COMMON_MISTAKES.get(PropertyName.letters(name)))
			.or(() -> known.nearest(name).map(KnownProperties.Property::name));
		return variable ? property.map((documented) -> variable(name, documented)) : property;
	}

	// Returns the variable that sets the documented property and is most similar to the
	// unknown one.
	private static String variable(String unknown, String documented) {
		List<String> forms = PropertyName.variables(PropertyName.indexed(documented, PropertyName.numbers(unknown)));
		return forms.stream()
			.min(Comparator.comparing((form) -> LevenshteinDistance.getDefaultInstance().apply(unknown, form)))
			.orElseThrow();
	}

}
