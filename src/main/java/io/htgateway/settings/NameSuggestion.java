package io.htgateway.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The name that an operator most likely meant, in the form that its source has.
 */
final class NameSuggestion {

	/**
	 * What is a property of the framework, by the letters of what it is taken for.
	 */
	private static final Map<String, String> OTHERS = Map.ofEntries(Map.entry("gatewayport", "server.port"),
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

	static Optional<String> of(String name, boolean variable, KnownProperties known) {
		Optional<String> right = Optional.ofNullable(OTHERS.get(PropertyName.letters(name)))
			.or(() -> known.nearest(name).map(KnownProperties.Property::name));
		return variable ? right.map((written) -> nearest(name, written)) : right;
	}

	private static String nearest(String variable, String written) {
		List<String> forms = PropertyName.variables(PropertyName.indexed(written, PropertyName.numbers(variable)));
		return forms.stream()
			.min(Comparator.comparing((form) -> LevenshteinDistance.getDefaultInstance().apply(variable, form)))
			.orElseThrow();
	}

}
