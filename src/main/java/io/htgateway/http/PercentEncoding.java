package io.htgateway.http;

import java.util.HexFormat;

/**
 * Percent-encoding of a part of a URI that may already be encoded (RFC 3986 2.1). Encodes
 * bytes that the part must not contain, and percent signs without two hexadecimal digits.
 */
enum PercentEncoding {

	/**
	 * A path.
	 */
	PATH("/"),

	/**
	 * A query or a fragment. Brackets are common in queries, and clients send them
	 * unencoded.
	 */
	QUERY("/?[]");

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private final String marks;

	PercentEncoding(String others) {
		this.marks = "-._~!$&'()*+,;=:@" + others;
	}

	/**
	 * Appends the given bytes with the encoding of this part. Each character is one byte.
	 * @throws IllegalArgumentException if they include a control character
	 */
	void append(String bytes, StringBuilder to) {
		for (int index = 0; index < bytes.length(); index++) {
			char value = bytes.charAt(index);
			if (value < ' ' || value == 0x7f || value > 0xff) {
				throw new IllegalArgumentException("a URI must not contain control characters");
			}
			if (isAllowed(value) || (value == '%' && isEncoded(bytes, index))) {
				to.append(value);
			}
			else {
				to.append('%').append(HEX.toHexDigits((byte) value));
			}
		}
	}

	private boolean isAllowed(char value) {
		return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || (value >= '0' && value <= '9')
				|| marks.indexOf(value) >= 0;
	}

	private static boolean isEncoded(String bytes, int percent) {
		return percent + 2 < bytes.length() && HexFormat.isHexDigit(bytes.charAt(percent + 1))
				&& HexFormat.isHexDigit(bytes.charAt(percent + 2));
	}

}
