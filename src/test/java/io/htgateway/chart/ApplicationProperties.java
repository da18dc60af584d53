package io.htgateway.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.htgateway.GatewayApplication;
import org.yaml.snakeyaml.Yaml;

/**
 * What properties the gateway has, and what it says of itself in them.
 */
final class ApplicationProperties {

	private static final ObjectMapper JSON = new ObjectMapper();

	private ApplicationProperties() {
	}

	/**
	 * Names of all properties below <code>gateway</code>, as the build has found them.
	 */
	static Set<String> names() {
		Set<String> names = new TreeSet<>();
		for (Object property : Rendering.list(resource("/META-INF/spring-configuration-metadata.json"), "properties")) {
			String name = Rendering.text(property, "name");
			if (name.startsWith("gateway.")) {
				names.add(name);
			}
		}
		return names;
	}

	/**
	 * The gateway's own configuration.
	 */
	static Map<String, Object> own() {
		return resource("/application.yaml");
	}

	/**
	 * Names of the properties that a configuration sets below a name.
	 */
	static Set<String> names(String prefix, Object configuration) {
		Set<String> names = new TreeSet<>();
		if (configuration instanceof Map<?, ?> map) {
			map.forEach((key, value) -> names.addAll(names(prefix + "." + key, Objects.requireNonNull(value))));
		}
		else {
			names.add(prefix);
		}
		return names;
	}

	/**
	 * Names of the properties that a schema of JSON takes below a name.
	 */
	static Set<String> schemaNames(String prefix, Map<String, Object> schema) {
		if (!schema.containsKey("properties")) {
			return Set.of(prefix);
		}
		Set<String> names = new TreeSet<>();
		Rendering.fields(Rendering.at(schema, "properties"))
			.forEach((key, value) -> names.addAll(schemaNames(prefix + "." + key, Rendering.fields(value))));
		return names;
	}

	static Set<String> without(Collection<String> names, String... others) {
		Set<String> left = new TreeSet<>(names);
		left.removeAll(List.of(others));
		return left;
	}

	private static Map<String, Object> resource(String name) {
		try (InputStream in = Objects.requireNonNull(GatewayApplication.class.getResourceAsStream(name))) {
			return name.endsWith(".json") ? JSON.readValue(in, new TypeReference<>() {
			}) : new Yaml().load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
