package io.htgateway.web.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Encoder of the heads of HTTP/1.1 responses (RFC 9112 4).
 */
public final class HeadEncoder extends HttpResponseEncoder {

	private static final String NEW_LINE = "\r\n";

	private HeadEncoder() {
	}

	/**
	 * Returns the status line, the given headers, and the empty line after them.
	 */
	public static byte[] encode(HttpResponseStatus status, HttpHeaders headers) {
		ByteBuf head = Unpooled.buffer();
		ByteBufUtil.writeAscii(head, HttpVersion.HTTP_1_1 + " " + status + NEW_LINE);
		new HeadEncoder().encodeHeaders(headers, head);
		ByteBufUtil.writeAscii(head, NEW_LINE);
		return ByteBufUtil.getBytes(head);
	}

}
