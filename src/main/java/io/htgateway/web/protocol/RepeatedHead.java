package io.htgateway.web.protocol;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a GET request without a body that follow its target (RFC 9112 3), and the
 * headers that were decoded from them.
 *
 * @param rest the bytes, from the space after the target to the empty line
 * @param headers the headers, which must not be changed
 */
public record RepeatedHead(ByteBuf rest, HttpHeaders headers) {

	/**
	 * Longest request that is remembered, in bytes. Each connection remembers one.
	 */
	private static final int MAX_LENGTH = 2048;

	private static final int MAX_HEADERS = 32;

	private static final String GET = "GET ";

	private static final String VERSION = " HTTP/1.1\r\n";

	private static final ByteBuf METHOD = bytes(GET);

	private static final ByteBuf END = bytes("\r\n\r\n");

	private static ByteBuf bytes(String text) {
		return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1)));
	}

	/**
	 * Returns a copy of the given bytes, or null if they are too long to be remembered.
	 */
	public static byte @Nullable [] copy(ByteBuf bytes) {
		return (bytes.readableBytes() <= MAX_LENGTH) ? ByteBufUtil.getBytes(bytes) : null;
	}

	/**
	 * Returns whether a head may end with the given bytes.
	 */
	public static boolean isEnd(ByteBuf bytes) {
		return endsWith(END, bytes);
	}

	/**
	 * Returns the head of a request, or null if it is not remembered: its first line is
	 * written in an unusual way, or it has many headers.
	 * @param bytes all bytes of the request
	 * @param request what was decoded from them
	 */
	public static @Nullable RepeatedHead of(byte[] bytes, HttpRequest request) {
		ByteBuf all = Unpooled.wrappedBuffer(bytes);
		ByteBuf line = bytes(GET + request.uri() + VERSION);
		int start = line.readableBytes() - VERSION.length();
		boolean usual = startsWith(line, all) && request.headers().size() <= MAX_HEADERS;
		return usual ? new RepeatedHead(all.slice(start, bytes.length - start), request.headers()) : null;
	}

	/**
	 * Returns the target if the given bytes are a request that differs from this one in
	 * nothing else, otherwise null. The target may consist of any bytes: only one that
	 * was answered before is answered, and all others are decoded and checked.
	 */
	public @Nullable String findTarget(ByteBuf bytes) {
		int start = METHOD.readableBytes();
		int length = bytes.readableBytes() - start - rest.readableBytes();
		boolean same = length > 0 && endsWith(rest, bytes) && startsWith(METHOD, bytes);
		return same ? bytes.toString(bytes.readerIndex() + start, length, StandardCharsets.ISO_8859_1) : null;
	}

	/**
	 * Returns the request for the given target, which is not checked.
	 */
	public HttpRequest request(String target) {
		return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target, headers, false);
	}

	private static boolean startsWith(ByteBuf prefix, ByteBuf bytes) {
		int length = prefix.readableBytes();
		return bytes.readableBytes() >= length && ByteBufUtil.equals(prefix, 0, bytes, bytes.readerIndex(), length);
	}

	private static boolean endsWith(ByteBuf suffix, ByteBuf bytes) {
		int length = suffix.readableBytes();
		return bytes.readableBytes() >= length
				&& ByteBufUtil.equals(suffix, 0, bytes, bytes.writerIndex() - length, length);
	}

}
