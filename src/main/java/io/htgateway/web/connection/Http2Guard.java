package io.htgateway.web.connection;

import java.util.Objects;

import io.htgateway.web.protocol.Http2;
import io.htgateway.web.protocol.Http2Head;
import io.htgateway.web.protocol.Limits;
import io.htgateway.web.protocol.LostConnections;
import io.htgateway.web.protocol.RefusedRequests;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the limits of HTTP/1.1 on HTTP/2 requests: the length of the request line,
 * headers and body, and exactly one host.
 */
public final class Http2Guard extends ChannelDuplexHandler {

	private final int maxLine;

	private final int maxHeaders;

	private final RefusedRequests refusals;

	private final LostConnections lost;

	private @Nullable Http2Connection connection;

	private Http2Connection.@Nullable PropertyKey key;

	private Http2Guard(int maxLine, int maxHeaders, RefusedRequests refusals, LostConnections lost) {
		this.maxLine = maxLine;
		this.maxHeaders = maxHeaders;
		this.refusals = refusals;
		this.lost = lost;
	}

	/**
	 * Guards the given new connection.
	 * @param maxLine maximum length of the request line, in bytes
	 * @param maxHeaders maximum length of the headers, in bytes
	 * @param refusals receives refused requests
	 * @param lost receives errors that broke the connection
	 */
	public static void watch(Channel channel, int maxLine, int maxHeaders, RefusedRequests refusals,
			LostConnections lost) {
		Http2.whenUsed(channel, "htgateway.http2-guard", new Http2Guard(maxLine, maxHeaders, refusals, lost));
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		connection = ((Http2FrameCodec) Http2.codec(context.pipeline()).handler()).connection();
		key = connection.newKey();
		connection.addListener(new UndecodedHeads(context.channel()));
		context.pipeline().addLast("htgateway.http2-lost", lost);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		boolean accepted = switch (message) {
			case Http2HeadersFrame headers -> read(context, headers);
			case Http2DataFrame data -> read(context, data);
			default -> true;
		};
		if (accepted) {
			context.fireChannelRead(message);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	private boolean read(ChannelHandlerContext context, Http2HeadersFrame frame) {
		Request request = request(frame.stream());
		if (request.headRead) {
			return !request.refused;
		}
		Http2Head head = new Http2Head(frame.headers());
		request.headRead = true;
		if (head.isMalformed()) {
			request.refused = true;
			reset(context, frame.stream(), Http2Error.PROTOCOL_ERROR);
			return false;
		}
		boolean longLine = head.lineLength() > maxLine;
		if (longLine || head.size() > maxHeaders) {
			HttpResponseStatus status = longLine ? HttpResponseStatus.REQUEST_URI_TOO_LONG
					: HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
			refusals.refused(context.channel(), frame.headers(), status.code());
			refuse(context, frame.stream(), request, status);
			return false;
		}
		head.settleAuthority();
		return true;
	}

	private boolean read(ChannelHandlerContext context, Http2DataFrame frame) {
		Request request = request(frame.stream());
		request.bodyBytes += frame.initialFlowControlledBytes();
		if (request.bodyBytes > Limits.BODY && !request.refused) {
			cutOff(context, frame.stream(), request, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
			refuse(context, frame.stream(), request, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
		}
		return !request.refused;
	}

	private void cutOff(ChannelHandlerContext context, Http2FrameStream stream, Request request,
			HttpResponseStatus status) {
		if (!request.answered && request.headRead) {
			refusals.cutOff(context.channel(), stream.id(), status.code());
		}
	}

	private void refuse(ChannelHandlerContext context, Http2FrameStream stream, Request request,
			HttpResponseStatus status) {
		request.refused = true;
		if (!request.answered && request.headRead) {
			Http2Headers headers = new DefaultHttp2Headers().status(status.codeAsText())
				.set(HttpHeaderNames.CONTENT_LENGTH, "0");
			write(context, new DefaultHttp2HeadersFrame(headers, true).stream(stream));
		}
		reset(context, stream, Http2Error.NO_ERROR);
	}

	private static void reset(ChannelHandlerContext context, Http2FrameStream stream, Http2Error error) {
		write(context, new DefaultHttp2ResetFrame(error).stream(stream));
		context.flush();
	}

	private static void write(ChannelHandlerContext context, Object frame) {
		Future<?> _ = context.write(frame);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (message instanceof Http2HeadersFrame frame && frame.stream() != null) {
			request(frame.stream()).answered = true;
		}
		super.write(context, message, promise);
	}

	// The stream's own handlers would log the error with a stack trace before they reset
	// the stream.
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		if (failure instanceof Http2FrameStreamException broken) {
			cutOff(context, broken.stream(), request(broken.stream()), HttpResponseStatus.BAD_REQUEST);
			reset(context, broken.stream(), broken.error());
		}
		else {
			context.fireExceptionCaught(failure);
		}
	}

	private Http2Connection connection() {
		return Objects.requireNonNull(connection, "set when the handler was added");
	}

	private Request request(Http2FrameStream frames) {
		Http2Stream stream = connection().stream(frames.id());
		if (stream == null) {
			return new Request();
		}
		Request request = stream.getProperty(key);
		if (request == null) {
			request = new Request();
			stream.setProperty(key, request);
		}
		return request;
	}

	/**
	 * Reports requests that the codec itself refuses because their head is too large to
	 * be decoded.
	 */
	private final class UndecodedHeads extends Http2ConnectionAdapter {

		private final Channel channel;

		UndecodedHeads(Channel channel) {
			this.channel = channel;
		}

		@Override
		public void onStreamClosed(Http2Stream stream) {
			if (stream.getProperty(key) == null && stream.isHeadersSent()) {
				refusals.refused(channel, new DefaultHttp2Headers(),
						HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.code());
			}
		}

	}

	/**
	 * State of one request.
	 */
	private static final class Request {

		private boolean headRead;

		private long bodyBytes;

		private boolean answered;

		private boolean refused;

	}

}
