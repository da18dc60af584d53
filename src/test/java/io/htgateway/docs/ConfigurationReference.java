package io.htgateway.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.htgateway.GatewayApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables of the configuration reference, generated from the metadata of the
 * properties.
 */
final class ConfigurationReference {

	private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

	private static final Map<String, String> KINDS = Map.ofEntries(Map.entry("java.lang.Boolean", "`true`, `false`"),
			Map.entry("java.lang.Integer", "number"), Map.entry("java.lang.Long", "number"),
			Map.entry("java.lang.Double", "fraction"), Map.entry("java.lang.String", "text"),
			Map.entry("java.time.Duration", "duration"), Map.entry("java.nio.file.Path", "file"),
			Map.entry("java.net.URI", "URL"), Map.entry("org.springframework.util.unit.DataSize", "size"),
			Map.entry("io.htgateway.secret.Secret", "text"), Map.entry("io.htgateway.budget.Plan", "plan"));

	private ConfigurationReference() {
	}

	/**
	 * Returns a table for each group of properties, by the name of the group.
	 */
	static Map<String, String> tables() {
		return tables(metadata());
	}

	static Map<String, String> tables(JsonNode metadata) {
		return StreamSupport.stream(metadata.path("properties").spliterator(), false)
			.filter((property) -> property.path("name").asString().startsWith("gateway."))
			.collect(Collectors.groupingBy(ConfigurationReference::group, TreeMap::new,
					Collectors.collectingAndThen(Collectors.toList(), ConfigurationReference::table)));
	}

	private static String group(JsonNode property) {
		String name = property.path("name").asString();
		return name.substring(0, name.lastIndexOf('.'));
	}

	private static String table(List<JsonNode> properties) {
		return properties.stream()
			.sorted(Comparator.comparing((property) -> property.path("name").asString()))
			.map(ConfigurationReference::row)
			.collect(Collectors.joining("", "| property | value | default | |\n|---|---|---|---|\n", ""));
	}

	private static String row(JsonNode property) {
		String text = property.path("defaultValue").asString("");
		return "| `%s` | %s | %s | %s |\n".formatted(property.path("name").asString(),
				kind(property.path("type").asString()), text.isEmpty() ? "" : "`" + text + "`",
				property.path("description").asString().replace("|", "\\|"));
	}

	private static String kind(String type) {
		if (type.startsWith("java.util.List<")) {
			return "list";
		}
		if (type.startsWith("java.util.Map<")) {
			return "sections";
		}
		return Objects.requireNonNull(KINDS.get(type), () -> "no word for a value of " + type);
	}

	private static JsonNode metadata() {
		try (InputStream in = Objects.requireNonNull(GatewayApplication.class.getResourceAsStream(METADATA))) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
