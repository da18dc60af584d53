package io.htgateway.web.hit;

import java.net.SocketAddress;

import io.htgateway.access.Team;
import io.htgateway.cache.store.Representation;
import io.htgateway.traffic.AccessLine;
import io.htgateway.traffic.Outcome;
import io.htgateway.web.protocol.EncodedHead;
import io.htgateway.web.reply.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Request that is answered by a replay.
 *
 * @param caller the headers that are only for its caller
 * @param start time of its arrival, by {@link System#nanoTime()}
 */
record Hit(HttpRequest request, Replay replay, Reply reply, CallerHeaders caller, long start) {

	/**
	 * Size that most heads of responses do not exceed, in bytes.
	 */
	private static final int HEAD_SIZE = 512;

	boolean isHead() {
		return HttpMethod.HEAD.equals(request.method());
	}

	HttpResponseStatus status() {
		return reply.notModified() ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK;
	}

	/**
	 * Returns the representation that follows the head of the response, or null.
	 */
	@Nullable Representation body() {
		return (reply.notModified() || isHead()) ? null : reply.representation();
	}

	FullHttpResponse response() {
		Representation body = body();
		ByteBuf content = (body != null) ? Unpooled.wrappedBuffer(body.body()) : Unpooled.EMPTY_BUFFER;
		return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(), content, headers(),
				EmptyHttpHeaders.INSTANCE);
	}

	/**
	 * Returns the response without its body.
	 */
	HttpResponse head() {
		return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(), headers());
	}

	/**
	 * Returns the bytes of the same head over HTTP/1.1.
	 */
	ByteBuf encodedHead(ByteBufAllocator allocator) {
		byte[] shared = replay.headers().encoded(reply, status());
		ByteBuf head = allocator.directBuffer(HEAD_SIZE).writeBytes(shared);
		if (caller.exist()) {
			caller.forEach((name, value) -> EncodedHead.add(head, name, value));
		}
		return EncodedHead.end(head);
	}

	private HttpHeaders headers() {
		HttpHeaders shared = replay.headers().of(reply);
		return caller.exist() ? caller.with(shared) : shared;
	}

	/**
	 * Returns the head of the response over HTTP/2.
	 */
	Http2Headers http2Headers() {
		return caller.exist() ? ReplayHeaders.http2(status(), caller.with(replay.headers().of(reply)))
				: replay.headers().http2(reply, status());
	}

	/**
	 * Returns the access log line of this request.
	 * @param client address of the client
	 * @param number number of the request among the hits of the connection
	 */
	AccessLine line(Channel channel, @Nullable SocketAddress client, long number, long nanos) {
		Team team = caller.team();
		return new AccessLine(new Id(channel.id(), number), client, (team != Team.ANONYMOUS) ? team.name() : null,
				request.method().name(), request.uri(), replay.meters().route(), status().code(), Outcome.HIT,
				reply.result().age(), nanos);
	}

	// The ids of the server have a number without a letter.
	private record Id(ChannelId connection, long number) {

		@Override
		public String toString() {
			return connection.asShortText() + "-h" + number;
		}

	}

}
