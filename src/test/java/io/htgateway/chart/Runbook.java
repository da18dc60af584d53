package io.htgateway.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The sections of the runbook.
 */
final class Runbook {

	private Runbook() {
	}

	/**
	 * Returns the links to all sections, from the folder of the page.
	 */
	static List<String> sections() {
		try {
			return Files.readAllLines(Path.of("docs/runbook.md"))
				.stream()
				.filter((line) -> line.startsWith("## "))
				.map((line) -> "runbook.md#" + line.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-'))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
