package io.htgateway.web.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.htgateway.web.protocol.Http1;
import io.htgateway.web.protocol.Limits;
import io.htgateway.web.protocol.RefusedRequests;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Ends an HTTP/1.1 connection on which a request has a long body. No endpoint uses a
 * body: it is read only to find the request after it.
 */
public final class BodyLimit extends ChannelDuplexHandler {

	/**
	 * Time for the client to read its response. A connection that is closed at once, with
	 * bytes that nobody has read, would be reset, and the response lost (RFC 9112 9.6).
	 */
	private static final Duration LINGER = Duration.ofSeconds(1);

	private long bodyBytes;

	private boolean complete = true;

	private int unanswered;

	private boolean answering;

	private boolean stopped;

	private boolean refused;

	private boolean closing;

	private @Nullable HttpRequest lastRequest;

	private final RefusedRequests refusals;

	private BodyLimit(RefusedRequests refusals) {
		this.refusals = refusals;
	}

	/**
	 * Watches the given connection, which is being set up.
	 * @param refusals receives refused requests
	 */
	public static void watch(Channel channel, RefusedRequests refusals) {
		Http1.whenUsed(channel, "htgateway.bodies", new BodyLimit(refusals));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			begin(request);
		}
		if (message instanceof HttpContent content) {
			bodyBytes += content.content().readableBytes();
			complete = message instanceof LastHttpContent;
		}
		if (bodyBytes > Limits.BODY && !stopped) {
			stop(context);
		}
		if (stopped) {
			ReferenceCountUtil.release(message);
			return;
		}
		context.fireChannelRead(message);
	}

	private void begin(HttpRequest request) {
		boolean decoded = request.decoderResult().isSuccess();
		long length = decoded ? HttpUtil.getContentLength(request, 0L) : 0;
		bodyBytes = 0;
		// A request that could not be decoded is answered and its connection closed at
		// once: it has no end.
		complete = length == 0 && !(decoded && HttpUtil.isTransferEncodingChunked(request));
		unanswered++;
		lastRequest = request;
		if (length > Limits.BODY) {
			request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
	}

	// Pending responses to this request and to earlier ones are still sent.
	private void stop(ChannelHandlerContext context) {
		stopped = true;
		if (unanswered == 1 && !answering) {
			refuse(context);
		}
		else if (unanswered > 1 && lastRequest != null) {
			lastRequest.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		if (refused || unanswered == 0) {
			closeLater(context, context.newPromise());
		}
	}

	private void refuse(ChannelHandlerContext context) {
		refusals.cutOff(context.channel(), 0, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code());
		FullHttpResponse tooLarge = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
		tooLarge.headers()
			.set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO)
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		Future<?> _ = context.writeAndFlush(tooLarge);
		refused = true;
	}

	private void closeLater(ChannelHandlerContext context, ChannelPromise promise) {
		closing = true;
		Future<?> _ = context.executor().schedule(() -> {
			Future<?> _ = context.close(promise);
		}, LINGER.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (!stopped) {
			context.read();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (refused) {
			ReferenceCountUtil.release(message);
			promise.trySuccess();
			return;
		}
		boolean informational = message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (!informational && message instanceof HttpResponse) {
			answering = true;
		}
		if (!informational && message instanceof LastHttpContent) {
			answering = false;
			unanswered--;
		}
		super.write(context, message, promise);
		if (stopped && unanswered == 0 && !closing) {
			closeLater(context, context.newPromise());
		}
	}

	// The server closes a connection whose response announced it.
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
		if (complete) {
			super.close(context, promise);
		}
		else if (closing) {
			context.channel().closeFuture().addListener((closed) -> promise.trySuccess());
		}
		else {
			stopped = true;
			closeLater(context, promise);
		}
	}

}
