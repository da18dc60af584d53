package io.htgateway.ops.purge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.htgateway.cache.store.Subjects;
import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Tag;
import org.springframework.stereotype.Component;

/**
 * Reads the selection of an operator: the name of an endpoint, values of the tags of
 * endpoints, or both.
 */
@Component
public final class Selections {

	private static final String ENDPOINT = "endpoint";

	private final List<String> endpoints;

	private final Map<String, Tag> tags = new TreeMap<>();

	Selections(List<Endpoint> endpoints) {
		this.endpoints = endpoints.stream().map(Endpoint::name).sorted().toList();
		endpoints.stream().flatMap((endpoint) -> endpoint.tags().stream()).forEach((tag) -> tags.put(tag.name(), tag));
	}

	/**
	 * Returns the selection of the given parameters.
	 */
	public Selection of(Map<String, List<String>> parameters) {
		if (!parameters.keySet().stream().allMatch((name) -> name.equals(ENDPOINT) || tags.containsKey(name))) {
			return new Selection.Rejected("unknown parameter: the parameters are " + String.join(", ", names()));
		}
		Map<String, String> selected = new HashMap<>();
		parameters.forEach((name, values) -> selected.put(name, String.join(",", values)));
		String endpoint = selected.remove(ENDPOINT);
		if (endpoint == null && selected.isEmpty()) {
			return new Selection.Rejected("no selection: give at least one of %s".formatted(alternatives()));
		}
		if (endpoint != null && !endpoints.contains(endpoint)) {
			return new Selection.Rejected("endpoint must be one of " + String.join(", ", endpoints));
		}
		return new TreeMap<>(selected).entrySet()
			.stream()
			.map((tag) -> Map.entry(tags.get(tag.getKey()), tag.getValue()))
			.filter((tag) -> !tag.getKey().matches(tag.getValue()))
			.findFirst()
			.<Selection>map((wrong) -> new Selection.Rejected(
					wrong.getKey().name() + " must be " + wrong.getKey().expectation()))
			.orElseGet(() -> new Selection.Selected(new Subjects(endpoint, selected)));
	}

	private List<String> names() {
		List<String> names = new ArrayList<>(tags.keySet());
		names.add(ENDPOINT);
		return names.stream().sorted().toList();
	}

	private String alternatives() {
		List<String> tagNames = List.copyOf(tags.keySet());
		int last = tagNames.size() - 1;
		return (last < 0) ? ENDPOINT
				: ENDPOINT + tagNames.subList(0, last).stream().map(", "::concat).reduce("", String::concat) + " and "
						+ tagNames.get(last);
	}

	/**
	 * Returns the names of all tags, sorted.
	 */
	Collection<String> tags() {
		return tags.keySet();
	}

}
