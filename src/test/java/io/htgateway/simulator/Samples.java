package io.htgateway.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The published example payloads, kept as text so that every number stays as it is
 * written.
 */
final class Samples {

	private static final Pattern FLAT_OBJECT = Pattern.compile("\\{[^{}]*}");

	private Samples() {
	}

	/**
	 * The innermost objects of an example, without white space between tokens.
	 */
	static List<String> objects(String name) {
		String compact = read("/samples/" + name).replaceAll("\\s*\\n\\s*", "").replace("\": ", "\":");
		return FLAT_OBJECT.matcher(compact).results().map((match) -> match.group()).toList();
	}

	/**
	 * The text of one field of a flat object, without quotes.
	 */
	static String field(String object, String name) {
		Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(object);
		if (!matcher.find()) {
			throw new IllegalArgumentException("No field " + name);
		}
		return matcher.group(1);
	}

	static List<String> lines(String resource) {
		return read(resource).lines().toList();
	}

	private static String read(String resource) {
		try (InputStream stream = Samples.class.getResourceAsStream(resource)) {
			return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
