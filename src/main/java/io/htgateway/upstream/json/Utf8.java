package io.htgateway.upstream.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Strict check of UTF-8, the encoding of JSON on the network (RFC 8259 8.1). JSON parsers
 * accept some invalid sequences.
 */
final class Utf8 {

	private static final int CHUNK = 8192;

	private Utf8() {
	}

	static boolean isValid(byte[] bytes) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		ByteBuffer in = ByteBuffer.wrap(bytes);
		CharBuffer out = CharBuffer.allocate(CHUNK);
		CoderResult result = decoder.decode(in, out, true);
		while (result.isOverflow()) {
			result = decoder.decode(in, out.clear(), true);
		}
		return result.isUnderflow();
	}

}
