package io.htgateway.http;

import java.util.BitSet;
import java.util.HexFormat;

/**
 * Percent-encoding of a part of a URI (RFC 3986 2.1) that may be encoded already: encodes
 * bytes that must not occur there, and a percent sign that encodes nothing.
 */
enum PercentEncoding {

	/**
	 * A path.
	 */
	PATH("/"),

	/**
	 * A query or a fragment. Brackets are common in queries, and clients send them as
	 * they are.
	 */
	QUERY("/?[]");

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private final BitSet allowed = new BitSet(128);

	PercentEncoding(String others) {
		allowed.set('a', 'z' + 1);
		allowed.set('A', 'Z' + 1);
		allowed.set('0', '9' + 1);
		"-._~!$&'()*+,;=:@".chars().forEach(allowed::set);
		others.chars().forEach(allowed::set);
	}

	/**
	 * Appends the given bytes, one a character.
	 * @throws IllegalArgumentException when there is a control character among them
	 */
	void append(String bytes, StringBuilder to) {
		for (int index = 0; index < bytes.length(); index++) {
			char value = bytes.charAt(index);
			if (value < ' ' || value == 0x7f || value > 0xff) {
				throw new IllegalArgumentException("a control character");
			}
			if (allowed.get(value) || (value == '%' && isEncoded(bytes, index))) {
				to.append(value);
			}
			else {
				to.append('%').append(HEX.toHexDigits((byte) value));
			}
		}
	}

	private static boolean isEncoded(String bytes, int percent) {
		return percent + 2 < bytes.length() && HexFormat.isHexDigit(bytes.charAt(percent + 1))
				&& HexFormat.isHexDigit(bytes.charAt(percent + 2));
	}

}
