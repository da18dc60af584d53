package io.htgateway.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Frames of HTTP/2 as bytes, valid or not (RFC 9113).
 */
public final class Http2Frames {

	public static final int DATA = 0;

	public static final int HEADERS = 1;

	public static final int RST_STREAM = 3;

	public static final int SETTINGS = 4;

	public static final int PING = 6;

	public static final int GOAWAY = 7;

	public static final int WINDOW_UPDATE = 8;

	public static final int CONTINUATION = 9;

	public static final int END_STREAM = 1;

	public static final int END_HEADERS = 4;

	public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

	/**
	 * Length of the head of a frame.
	 */
	static final int HEAD = 9;

	private Http2Frames() {
	}

	public static byte[] frame(int type, int flags, int stream, byte... payload) {
		return frame(payload.length, type, flags, stream, payload);
	}

	/**
	 * Returns a frame whose stated length may be wrong.
	 */
	public static byte[] frame(int length, int type, int flags, int stream, byte... payload) {
		return ByteBuffer.allocate(HEAD + payload.length)
			.put((byte) (length >> 16))
			.putShort((short) length)
			.put((byte) type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array();
	}

	public static byte[] hex(String digits) {
		return HexFormat.of().parseHex(digits.replace(" ", ""));
	}

	/**
	 * Returns the given names and values, which alternate, as an uncompressed HPACK
	 * block.
	 */
	public static byte[] block(String... fields) {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		for (int index = 0; index < fields.length; index += 2) {
			block.write(0);
			literal(block, fields[index]);
			literal(block, fields[index + 1]);
		}
		return block.toByteArray();
	}

	private static void literal(ByteArrayOutputStream block, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		int rest = bytes.length;
		block.write(Math.min(rest, 127));
		for (rest -= 127; rest >= 128; rest >>= 7) {
			block.write(128 | (rest & 127));
		}
		if (rest >= 0) {
			block.write(rest);
		}
		block.writeBytes(bytes);
	}

	/**
	 * Returns the fields of a valid request for the given target, and the given fields.
	 */
	public static byte[] get(String target, String... more) {
		return join(block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", target), block(more));
	}

	public static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

}
