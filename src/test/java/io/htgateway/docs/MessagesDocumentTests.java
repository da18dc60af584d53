package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the tables of <code>docs/messages.md</code> equal to the messages that there are;
 * run with <code>-Dmessages.write=true</code> to write them again. The text around the
 * tables is written by hand.
 */
class MessagesDocumentTests {

	private static final Path FILE = Path.of("docs/messages.md");

	private static final Pattern SECTION = Pattern
		.compile("(?ms)^## ([A-Z][a-z ]+)\n\n((?!\\||#).*?\n\n)?(\\|.*?\\|\n)(?!\\|)");

	@Test
	void tablesAreThoseOfTheMessages() throws IOException {
		Map<String, String> tables = new MessageTables().all();
		if (Boolean.getBoolean("messages.write")) {
			Files.writeString(FILE,
					SECTION.matcher(Files.readString(FILE))
						.replaceAll((section) -> Matcher
							.quoteReplacement(section.group().substring(0, section.start(3) - section.start())
									+ tables.get(section.group(1)))));
		}

		assertThat(SECTION.matcher(Files.readString(FILE))
			.results()
			.collect(Collectors.toMap((section) -> section.group(1), (section) -> section.group(3)))).isEqualTo(tables);
	}

	@Test
	void everyLogLineIsInTheTableButThatOfTheAccessLog() throws IOException {
		assertThat(new MessageTables().logsWithoutText()).containsExactly("AccessLog");
	}

	@Test
	void everyTableHasManyRows() throws IOException {
		assertThat(new MessageTables().all()).hasSize(4)
			.allSatisfy((section, table) -> assertThat(table.lines()).hasSizeGreaterThan(12));
	}

}
