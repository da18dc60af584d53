package io.htgateway.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Suggestion for an unknown name: its new name, or the property that the operator most
 * likely meant, in the form of its source.
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
			Map.entry("gatewayupstreamport", "gateway.upstream.base-url"),
			Map.entry("gatewayteamsjwt", "gateway.access.jwt"));

	private static final String CURRENT = "gatewayaccess";

	/**
	 * The beginnings of former names, and of a mixture of a former and a current one, by
	 * their letters, the longer ones first, with the letters of the current names.
	 */
	private static final List<Map.Entry<String, String>> RENAMED = List.of(
			Map.entry("gatewayteamsjwt", CURRENT + "jwt"), Map.entry("gatewayteamjwt", CURRENT + "jwt"),
			Map.entry("gatewayaccessteamsjwt", CURRENT + "jwt"), Map.entry("gatewayteam", CURRENT + "team"),
			Map.entry("gatewayratelimitheader", CURRENT + "ratelimitheader"));

	private static final int MAX_DIGITS = 4;

	private NameSuggestion() {
	}

	/**
	 * Returns the suggestion for the given unknown name as the end of a sentence, if the
	 * name is a former one or a property is similar.
	 * @param variable whether the name is that of an environment variable
	 */
	static Optional<String> of(String name, boolean variable, KnownProperties known) {
		String letters = PropertyName.letters(name);
		String current = currentName(letters);
		KnownProperties.Property renamed = known.byLetters().get(current);
		if (renamed != null && !current.equals(letters) && !letters.startsWith(CURRENT)) {
			return Optional.of("its name is now " + form(name, variable, renamed.name()) + ".");
		}
		return Optional.ofNullable(COMMON_MISTAKES.get(letters))
			.or(() -> known.nearestTo(current).map(KnownProperties.Property::name))
			.map((documented) -> "did you mean " + form(name, variable, documented) + "?");
	}

	private static String currentName(String letters) {
		return RENAMED.stream()
			.filter((renamed) -> letters.startsWith(renamed.getKey()))
			.findFirst()
			.map((renamed) -> renamed.getValue() + letters.substring(renamed.getKey().length()))
			.orElse(letters);
	}

	// Returns the documented property in the form of the unknown name: with its indexes,
	// and if it is a variable, the most similar one that sets the property.
	private static String form(String unknown, boolean variable, String documented) {
		String indexed = PropertyName.indexed(documented, indexes(unknown));
		if (!variable) {
			return indexed;
		}
		return PropertyName.variables(indexed)
			.stream()
			.min(Comparator.comparing((form) -> LevenshteinDistance.getDefaultInstance().apply(unknown, form)))
			.orElseThrow();
	}

	// Longer numbers may be a part of a secret.
	private static List<String> indexes(String name) {
		return PropertyName.numbers(name).stream().filter((number) -> number.length() <= MAX_DIGITS).toList();
	}

}
