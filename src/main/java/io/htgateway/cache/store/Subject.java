package io.htgateway.cache.store;

import java.util.Map;

/**
 * The subject of a stored response: its endpoint, and values such as the cohort
 * <code>5</code>. Operators select responses by it.
 *
 * @param endpoint name of the endpoint
 * @param tags the values by name, of letters, digits and colons
 */
public record Subject(String endpoint, Map<String, String> tags) {

	/**
	 * The subject of responses that operators cannot select.
	 */
	public static final Subject NONE = new Subject("none", Map.of());

	public Subject {
		tags = Map.copyOf(tags);
	}

}
