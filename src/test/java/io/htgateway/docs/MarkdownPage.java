package io.htgateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown page, with the syntax that this project uses.
 *
 * @param path path relative to the project's directory
 * @param text content of the page
 */
record MarkdownPage(Path path, String text) {

	private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

	private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

	/**
	 * A block of code between fences.
	 *
	 * @param language text after the opening fence, or empty
	 */
	record Code(String language, String text) {

	}

	static MarkdownPage read(Path path) {
		try {
			return new MarkdownPage(path, Files.readString(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns all pages of the project.
	 */
	static List<MarkdownPage> all() throws IOException {
		try (Stream<Path> top = Files.list(Path.of(""));
				Stream<Path> docs = Files.walk(Path.of("docs"));
				Stream<Path> charts = Files.walk(Path.of("helm"));
				Stream<Path> bench = Files.walk(Path.of("bench"))) {
			return Stream.of(top, docs, charts, bench)
				.flatMap((paths) -> paths)
				.filter((path) -> path.toString().endsWith(".md"))
				.sorted()
				.map(MarkdownPage::read)
				.toList();
		}
	}

	/**
	 * Returns the targets of all links and images.
	 */
	List<String> links() {
		return LINK.matcher(prose().replaceAll("`[^`\n]*`", "")).results().map((link) -> link.group(1)).toList();
	}

	/**
	 * Returns the anchors of the headings, as GitHub generates them.
	 */
	Set<String> anchors() {
		Set<String> anchors = new HashSet<>();
		Map<String, Integer> seen = new HashMap<>();
		HEADING.matcher(prose()).results().map((heading) -> anchor(heading.group(1))).forEach((anchor) -> {
			int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
			anchors.add((earlier == 0) ? anchor : anchor + "-" + earlier);
		});
		return anchors;
	}

	/**
	 * Returns the code blocks in their order.
	 */
	List<Code> code() {
		return FENCED.matcher(text).results().map((block) -> new Code(block.group(1), block.group(2))).toList();
	}

	private String prose() {
		return FENCED.matcher(text).replaceAll("");
	}

	private static String anchor(String heading) {
		String words = LINK.matcher(heading).replaceAll((link) -> link.group().replaceAll("]\\(.*", ""));
		return NOT_IN_ANCHORS.matcher(words.toLowerCase(Locale.ROOT)).replaceAll("").strip().replace(' ', '-');
	}

}
