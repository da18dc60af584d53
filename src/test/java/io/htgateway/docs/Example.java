package io.htgateway.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A runnable example from the documentation.
 *
 * @param page page that contains it
 * @param language programming language; empty for shell commands
 * @param text source of the example
 */
record Example(Path page, String language, String text) {

	private static final long LONGEST_SECONDS = 60;

	/**
	 * Returns the examples of a page: programs, and shell commands that call curl or
	 * prepare a call.
	 */
	static List<Example> of(MarkdownPage page) {
		return page.code()
			.stream()
			.map((code) -> new Example(page.path(), code.language(), code.text()))
			.filter(Example::canBeRun)
			.toList();
	}

	/**
	 * Returns this example with another text.
	 */
	Example with(String other) {
		return new Example(page, language, other);
	}

	/**
	 * Runs this example until it exits.
	 * @return its output
	 */
	String run(Path directory, Map<String, String> environment) throws IOException, InterruptedException {
		try (Run run = start(directory, environment)) {
			boolean ended = run.process().waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
			if (!ended || run.process().exitValue() != 0) {
				throw new AssertionError(this + (ended ? " failed: " : " did not end: ") + run.printed());
			}
			return run.printed();
		}
	}

	/**
	 * Starts this example, which ends when the run is closed.
	 */
	Run start(Path directory, Map<String, String> environment) throws IOException {
		Files.writeString(directory.resolve(".curlrc"), "fail-with-body\nsilent\nshow-error\n");
		Path file = Files.writeString(directory.resolve("Example." + extension()), text);
		Path output = directory.resolve("output");
		ProcessBuilder builder = new ProcessBuilder(command(file)).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().put("CURL_HOME", directory.toString());
		builder.environment().putAll(environment);
		return new Run(builder.start(), output);
	}

	/**
	 * Run of an example.
	 *
	 * @param output file with what it has printed
	 */
	record Run(Process process, Path output) implements AutoCloseable {

		String printed() throws IOException {
			return Files.readString(output, StandardCharsets.UTF_8);
		}

		@Override
		public void close() {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}

	}

	/**
	 * Returns the page and the first line of the text.
	 */
	@Override
	public String toString() {
		return page + ": " + text.lines().findFirst().orElse("");
	}

	private boolean canBeRun() {
		boolean program = List.of("python", "js", "java").contains(language);
		boolean commands = language.isEmpty() && text.lines().allMatch((line) -> line.matches("(curl|url=|etag=).*"));
		return program || commands;
	}

	private String extension() {
		return switch (language) {
			case "" -> "sh";
			case "python" -> "py";
			case "js" -> "mjs";
			default -> language;
		};
	}

	private List<String> command(Path file) {
		return switch (language) {
			case "" -> List.of("bash", "-euo", "pipefail", file.toString());
			case "python" -> List.of("python3", file.toString());
			case "js" -> List.of("node", file.toString());
			default -> List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), file.toString());
		};
	}

}
