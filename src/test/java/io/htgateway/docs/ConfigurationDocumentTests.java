package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the tables of <code>docs/configuration.md</code> with the properties. Run with
 * <code>-Dconfiguration.write=true</code> to regenerate the tables. The text around them
 * is written by hand.
 */
class ConfigurationDocumentTests {

	private static final Path FILE = Path.of("docs/configuration.md");

	private static final Pattern SECTION = Pattern
		.compile("(?ms)^## `(gateway[a-z.-]*)`\n\n((?!\\||#).*?\n\n)?(\\|.*?\\|\n)(?!\\|)");

	private static final Pattern NAME = Pattern.compile("`(gateway\\.[a-z.-]+)`");

	@Test
	void tablesAreThoseOfTheProperties() throws IOException {
		Map<String, String> tables = ConfigurationReference.tables();
		if (Boolean.getBoolean("configuration.write")) {
			Files.writeString(FILE, SECTION.matcher(Files.readString(FILE)).replaceAll((section) -> {
				String table = tables.getOrDefault(section.group(1), section.group(3));
				return Matcher
					.quoteReplacement(section.group().substring(0, section.start(3) - section.start()) + table);
			}));
		}

		Map<String, String> documented = SECTION.matcher(Files.readString(FILE))
			.results()
			.collect(Collectors.toMap((section) -> section.group(1), (section) -> section.group(3)));
		assertThat(new TreeMap<>(documented)).isEqualTo(tables);
	}

	@Test
	void propertiesInReadmeExist() throws IOException {
		String properties = String.join("", ConfigurationReference.tables().values());

		assertThat(NAME.matcher(Files.readString(Path.of("README.md"))).results().map((name) -> name.group(1)))
			.hasSizeGreaterThan(10)
			.allSatisfy((name) -> assertThat(properties).contains("| `" + name + "` |"));
	}

	@Test
	void everyPropertyIsDescribed() {
		assertThat(ConfigurationReference.tables()).isNotEmpty()
			.allSatisfy((group, table) -> assertThat(table).doesNotContain("|  |\n"));
	}

	@Test
	void rowHasNameKindDefaultAndDescription() {
		String metadata = """
				{"properties": [
				  {"name": "gateway.two.b", "type": "java.util.List<java.lang.String>", "description": "of c | d"},
				  {"name": "gateway.two.a", "type": "java.time.Duration", "description": "of b", "defaultValue": "1s"},
				  {"name": "gateway.one", "type": "java.lang.Boolean", "description": "of a", "defaultValue": false},
				  {"name": "management.endpoint.gateway.access", "type": "unknown"}]}
				""";

		Map<String, String> tables = ConfigurationReference.tables(JsonMapper.shared().readTree(metadata));

		assertThat(tables).containsOnlyKeys("gateway", "gateway.two");
		assertThat(tables.get("gateway"))
			.endsWith("|---|---|---|---|\n| `gateway.one` | `true`, `false` | `false` | of a |\n");
		assertThat(tables.get("gateway.two"))
			.endsWith("| `gateway.two.a` | duration | `1s` | of b |\n| `gateway.two.b` | list |  | of c \\| d |\n");
	}

}
