package io.htgateway.traffic;

/**
 * Text of clients in a form for logs: one line without spaces, of limited length.
 */
final class LogText {

	private static final char FIRST = '!';

	private static final char LAST = '~';

	private LogText() {
	}

	/**
	 * Returns the path of a request target, which may be a whole URI.
	 */
	static String path(String target) {
		int authority = target.startsWith("/") ? -1 : target.indexOf("://");
		int start = (authority < 0) ? 0 : target.indexOf('/', authority + 3);
		int query = target.indexOf('?');
		int end = (query < 0) ? target.length() : query;
		return (start < 0 || start > end) ? "/" : target.substring(start, end);
	}

	/**
	 * Returns the given text with percent-encoding for everything but visible ASCII, cut
	 * to the given length.
	 */
	static String plain(String text, int length) {
		if (text.length() <= length && isPlain(text)) {
			return text;
		}
		StringBuilder plain = new StringBuilder(length);
		int index = 0;
		while (index < text.length() && plain.length() < length) {
			char character = text.charAt(index++);
			if (isPlain(character)) {
				plain.append(character);
			}
			else {
				plain.append(String.format("%%%02X", (int) character));
			}
		}
		return plain.append((index < text.length()) ? "..." : "").toString();
	}

	private static boolean isPlain(String text) {
		return text.chars().allMatch((character) -> isPlain((char) character));
	}

	private static boolean isPlain(char character) {
		return character >= FIRST && character <= LAST;
	}

}
