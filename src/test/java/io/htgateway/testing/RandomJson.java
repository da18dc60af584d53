package io.htgateway.testing;

import java.util.function.Supplier;

/**
 * Writes random JSON in every way in which it may be written.
 */
public record RandomJson(Draw draw) {

	/**
	 * A value, with others in it down to the given depth.
	 */
	public String value(int depth) {
		int kinds = (depth > 0) ? 7 : 5;
		return switch (draw.below(kinds)) {
			case 0 -> string();
			case 1 -> number();
			case 2 -> draw.of("true", "false", "null");
			case 3 -> draw.of("[]", "{}", "[ ]", "{\n}", "\"\"");
			case 4 -> draw.of("\"],[{\\\"}\"", "\"}]}\"", "\"\\\\\"", "\"\\\\\\\"]\"");
			case 5 -> list("[", () -> value(depth - 1), "]");
			default -> list("{", () -> name() + blank() + ":" + blank() + value(depth - 1), "}");
		};
	}

	/**
	 * White space, most often none.
	 */
	public String blank() {
		return draw.chance(80) ? "" : draw.text(" \t\r\n", 1, 3);
	}

	/**
	 * A string with its quotes.
	 */
	public String string() {
		return "\"" + draw.join(4, this::part) + "\"";
	}

	// Jackson reads half a surrogate pair in a value, but not in a name.
	private String name() {
		return string().replaceAll("\\\\u[dD][89a-fA-F]", "\\\\u00");
	}

	private String list(String open, Supplier<String> item, String close) {
		return open + blank() + String.join(blank() + "," + blank(), draw.some(3, item)) + blank() + close;
	}

	private String part() {
		return switch (draw.below(5)) {
			case 0 -> draw.of("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t");
			case 1 -> "\\u" + (draw.chance(30) ? draw.of("d83d", "dE80", "005d", "0022", "0000")
					: draw.text("0123456789abcdefABCDEF", 4, 4));
			case 2 -> draw.text("[]{},:/*'#", 1, 3);
			case 3 -> plain(draw.character());
			default -> draw.text("abc XYZ019\u00e9\u20bf", 0, 8);
		};
	}

	private static String plain(String character) {
		return (character.charAt(0) < ' ' || character.equals("\"") || character.equals("\\")) ? "?" : character;
	}

	private String number() {
		String integer = draw.chance(30) ? "0"
				: draw.text("123456789", 1, 1) + draw.text("0123456789", 0, draw.of(3, 30));
		String fraction = draw.chance(60) ? "" : "." + draw.text("0123456789", 1, draw.of(3, 20));
		String exponent = draw.chance(80) ? ""
				: draw.of("e", "E") + draw.of("", "+", "-") + draw.text("0123456789", 1, 3);
		return draw.of("", "-") + integer + fraction + exponent;
	}

}
