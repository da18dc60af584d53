package io.htgateway.web.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Heads of HTTP/1.1 responses as bytes (RFC 9112 4).
 */
public final class EncodedHead {

	private static final String NEW_LINE = "\r\n";

	private EncodedHead() {
	}

	/**
	 * Returns the status line and the given headers. More may follow.
	 */
	public static byte[] of(HttpResponseStatus status, HttpHeaders headers) {
		ByteBuf head = Unpooled.buffer();
		ByteBufUtil.writeAscii(head, HttpVersion.HTTP_1_1 + " " + status + NEW_LINE);
		new Encoder().encodeHeaders(headers, head);
		return ByteBufUtil.getBytes(head);
	}

	/**
	 * Adds a header to a head.
	 * @param value the value, which must not contain a line break: it is not checked
	 */
	public static void add(ByteBuf head, String name, String value) {
		ByteBufUtil.writeAscii(head, name + ": " + value + NEW_LINE);
	}

	/**
	 * Returns the given head with the empty line at its end.
	 */
	public static ByteBuf end(ByteBuf head) {
		ByteBufUtil.writeAscii(head, NEW_LINE);
		return head;
	}

	private static final class Encoder extends HttpResponseEncoder {

		@Override
		protected void encodeHeaders(HttpHeaders headers, ByteBuf head) {
			super.encodeHeaders(headers, head);
		}

	}

}
