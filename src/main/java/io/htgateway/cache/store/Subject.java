package io.htgateway.cache.store;

import java.util.Map;

/**
 * What a cached response is about: an endpoint, and values that its responses have in
 * common, such as the cohort <code>5</code>.
 *
 * @param endpoint name of the endpoint
 * @param tags the values by name: letters, digits and colons, without white space
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
