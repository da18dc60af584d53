package io.htgateway.web.reply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.htgateway.testing.Draw;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of <code>If-None-Match</code> in {@link Preconditions}, compared
 * with a slow parser of RFC 9110 13.1.2 that reads letter by letter.
 */
@Tag("fuzz")
class IfNoneMatchFuzzTests {

	private static final String ETAG = "\"aB-_9\"";

	// Would match if it were evaluated.
	private static final String SINCE = "Mon, 02 Nov 2026 10:00:00 GMT";

	@Property
	void isNotModifiedIsAsTheStandardSays(@ForAll("fields") String field) {
		boolean notModified = Preconditions.isNotModified(field, SINCE, ETAG, Instant.EPOCH);

		if (field.replace('\t', ' ').strip().equals("*")) {
			assertThat(notModified).isTrue();
		}
		else {
			listed(field).ifPresentOrElse((tags) -> assertThat(notModified).isEqualTo(tags.contains(ETAG)),
					() -> assertThat(notModified && !field.contains(ETAG)).isFalse());
		}
	}

	@Provide
	Arbitrary<String> fields() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			String list = draw.join(5, () -> element(draw) + draw.of(",", ",", ", ", " ,\t", ",,", draw.of(" ", "")));
			return draw.of("", " ", ",", "\t, ") + list + draw.of("", element(draw));
		});
	}

	private static String element(Draw draw) {
		String tag = draw.of(ETAG, "\"\"", "\"aB-_\"", "\"" + draw.text("aB-_9,*/W \u00e9", 0, 6) + "\"");
		return draw.of("", "W/", "W/", draw.of("w/", "W", "W/W/", "W/ ", "a"))
				+ draw.of(tag, tag, tag, draw.of("*", "", "aB-_9", ETAG.substring(1), "\"", "\u20ac", tag + tag));
	}

	// The opaque tags (weak comparison, 8.8.3.2), unless the field is not a list of tags;
	// empty elements do not count (5.6.1.2).
	private static Optional<List<String>> listed(String field) {
		List<String> tags = new ArrayList<>();
		int at = blanks(field, 0);
		while (at < field.length()) {
			if (field.charAt(at) != ',') {
				int start = field.startsWith("W/", at) ? at + 2 : at;
				int end = tagEnd(field, start);
				if (end < 0) {
					return Optional.empty();
				}
				tags.add(field.substring(start, end));
				at = blanks(field, end);
			}
			if (at < field.length() && field.charAt(at) != ',') {
				return Optional.empty();
			}
			at = blanks(field, at + 1);
		}
		return Optional.of(tags);
	}

	private static int blanks(String field, int from) {
		int at = from;
		while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
			at++;
		}
		return at;
	}

	// Index after the closing quote, or -1 without a tag.
	private static int tagEnd(String field, int start) {
		if (start >= field.length() || field.charAt(start) != '"') {
			return -1;
		}
		for (int at = start + 1; at < field.length(); at++) {
			char c = field.charAt(at);
			if (c == '"') {
				return at + 1;
			}
			if (c != 0x21 && !(c >= 0x23 && c <= 0x7e) && !(c >= 0x80 && c <= 0xff)) {
				return -1;
			}
		}
		return -1;
	}

}
