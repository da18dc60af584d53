package io.htgateway.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The objects that the chart makes.
 */
record Rendering(List<Map<String, Object>> objects) {

	static Rendering of(String yaml) {
		List<Map<String, Object>> objects = new ArrayList<>();
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		for (Object document : new Yaml(options).loadAll(yaml)) {
			if (document instanceof Map<?, ?> map) {
				objects.add(fields(map));
			}
		}
		return new Rendering(List.copyOf(objects));
	}

	List<Map<String, Object>> all(String kind) {
		return objects.stream().filter((object) -> kind.equals(object.get("kind"))).toList();
	}

	boolean has(String kind) {
		return !all(kind).isEmpty();
	}

	/**
	 * The only object of its kind.
	 */
	Map<String, Object> only(String kind) {
		assertThat(all(kind)).as(kind).hasSize(1);
		return all(kind).getFirst();
	}

	/**
	 * What an object has at a path of fields and indexes, such as
	 * <code>spec.template.spec.containers.0</code>.
	 */
	static Object at(Object object, String path) {
		Object found = object;
		for (String step : path.split("\\.", -1)) {
			Object next = (found instanceof List<?> list) ? list.get(Integer.parseInt(step)) : fields(found).get(step);
			assertThat(next).as("%s of %s", step, path).isNotNull();
			found = Objects.requireNonNull(next);
		}
		return found;
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> fields(Object object) {
		return (Map<String, Object>) object;
	}

	static String text(Object object, String path) {
		return String.valueOf(at(object, path));
	}

	static List<?> list(Object object, String path) {
		return (List<?>) at(object, path);
	}

	/**
	 * The configuration of the gateway.
	 */
	Map<String, Object> configuration() {
		return Chart.yaml(configurationText());
	}

	String configurationText() {
		Map<String, Object> map = all("ConfigMap").stream()
			.filter((candidate) -> fields(at(candidate, "data")).containsKey("application.yaml"))
			.findFirst()
			.orElseThrow();
		return (String) Objects.requireNonNull(fields(at(map, "data")).get("application.yaml"));
	}

	Map<String, Object> pod() {
		return fields(at(only("Deployment"), "spec.template.spec"));
	}

	@Override
	public String toString() {
		return objects.stream().map((object) -> String.valueOf(object.get("kind"))).toList().toString();
	}

}
