package io.htgateway.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * A request that is answered again as its controller did.
 *
 * @param start when it came, by {@link System#nanoTime()}
 */
record Hit(HttpMethod method, Replay replay, Reply reply, long start) {

	HttpResponseStatus status() {
		return reply.notModified() ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK;
	}

	FullHttpResponse response() {
		return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(), content(), replay.headers().of(reply),
				EmptyHttpHeaders.INSTANCE);
	}

	private ByteBuf content() {
		return (reply.notModified() || HttpMethod.HEAD.equals(method)) ? Unpooled.EMPTY_BUFFER
				: Unpooled.wrappedBuffer(reply.representation().body());
	}

}
