package io.htgateway.cache.store;

import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A selection of subjects by endpoint, by tags, or by both.
 *
 * @param endpoint name of the endpoint, or null for all endpoints
 * @param tags values that a subject must have; letter case does not matter
 */
public record Subjects(@Nullable String endpoint, Map<String, String> tags) implements Predicate<Subject> {

	/**
	 * The selection of all subjects.
	 */
	public static final Subjects ALL = new Subjects(null, Map.of());

	public Subjects {
		tags = Map.copyOf(tags);
	}

	@Override
	public boolean test(Subject subject) {
		return (endpoint == null || endpoint.equals(subject.endpoint())) && tags.entrySet()
			.stream()
			.allMatch((tag) -> tag.getValue().equalsIgnoreCase(subject.tags().get(tag.getKey())));
	}

}
