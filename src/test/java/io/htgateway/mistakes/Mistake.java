package io.htgateway.mistakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A start of the gateway with a mistake in it, as a file describes it: what it is about,
 * lines after <code>&gt;</code> with what the operator does, and the text that follows
 * from it.
 *
 * @param file where it is described
 * @param steps what the operator does, without <code>&gt;</code>
 * @param answer the text that the operator gets
 */
record Mistake(Path file, List<Step> steps, String answer) {

	private static final String STEP = "> ";

	private static final String CONTENT = "| ";

	/**
	 * One line of what an operator does.
	 *
	 * @param text a variable, an argument, <code>java</code> with options, a request,
	 * <code>logged</code> with a text that appears in the log after the start, or
	 * <code>file</code>, <code>directory</code> or <code>upstream</code>
	 * @param content the lines of the file, or of the answer of the upstream
	 */
	record Step(String text, List<String> content) {

		boolean isVariable() {
			return text.matches("[A-Z_0-9]+=.*");
		}

		boolean isArgument() {
			return text.startsWith("-");
		}

		boolean is(String word) {
			return text.equals(word) || text.startsWith(word + " ");
		}

		/**
		 * Returns what stands after the first word.
		 */
		String rest() {
			return text.substring(text.indexOf(' ') + 1);
		}

	}

	static List<Mistake> allIn(Path directory) {
		try (var files = Files.list(directory)) {
			return files.sorted().map(Mistake::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Mistake read(Path file) {
		List<Step> steps = new ArrayList<>();
		List<String> lines = lines(file);
		int end = 2;
		for (; end < lines.size() && !lines.get(end).isEmpty(); end++) {
			String line = lines.get(end);
			if (line.startsWith(STEP)) {
				steps.add(new Step(line.substring(STEP.length()), new ArrayList<>()));
			}
			else {
				steps.getLast().content().add(line.substring(Math.min(CONTENT.length(), line.length())));
			}
		}
		String answer = String.join("\n", lines.subList(Math.min(end + 1, lines.size()), lines.size()));
		return new Mistake(file, List.copyOf(steps), answer.strip());
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the values of steps that begin with the given word.
	 */
	List<Step> all(String word) {
		return steps.stream().filter((step) -> step.is(word)).toList();
	}

	/**
	 * Replaces the text in the file by the given one.
	 */
	void write(String text) throws IOException {
		List<String> head = new ArrayList<>(lines(file));
		int end = head.subList(2, head.size()).indexOf("");
		Files.writeString(file, String.join("\n", (end < 0) ? head : head.subList(0, end + 2)) + "\n\n" + text + "\n");
	}

	@Override
	public String toString() {
		return file.getFileName().toString().replace(".txt", "");
	}

}
