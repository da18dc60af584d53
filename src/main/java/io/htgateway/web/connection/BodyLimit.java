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
 * Ends an HTTP/1.1 connection on which a request has a long body: bodies are of no use
 * here, and are read only to find the next request behind them.
 */
public final class BodyLimit extends ChannelDuplexHandler {

	/**
	 * What a client has to read its answer. Closed at once, a connection with bytes that
	 * nobody has read would be reset, and the answer lost (RFC 9112 9.6).
	 */
	private static final Duration LINGER = Duration.ofSeconds(1);

	private long read;

	private boolean complete = true;

	private int owed;

	private boolean answering;

	private boolean stopped;

	private boolean refused;

	private boolean closing;

	private @Nullable HttpRequest last;

	private final RefusedRequests refusals;

	private BodyLimit(RefusedRequests refusals) {
		this.refusals = refusals;
	}

	/**
	 * Watches the given connection, which is being set up.
	 * @param refusals receives refused requests
	 */
	public static void watch(Channel channel, RefusedRequests refusals) {
		Http1.whenSpoken(channel, "htgateway.bodies", new BodyLimit(refusals));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			begin(request);
		}
		if (message instanceof HttpContent content) {
			read += content.content().readableBytes();
			complete = message instanceof LastHttpContent;
		}
		if (read > Limits.BODY && !stopped) {
			stop(context);
		}
		if (stopped) {
			ReferenceCountUtil.release(message);
			return;
		}
		context.fireChannelRead(message);
	}

	private void begin(HttpRequest request) {
		boolean good = request.decoderResult().isSuccess();
		long length = good ? HttpUtil.getContentLength(request, 0L) : 0;
		read = 0;
		// What could not be decoded is answered and closed at once, as it has no end.
		complete = length == 0 && !(good && HttpUtil.isTransferEncodingChunked(request));
		owed++;
		last = request;
		if (length > Limits.BODY) {
			request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
	}

	// Answers that are owed for this request or those before it are still sent.
	private void stop(ChannelHandlerContext context) {
		stopped = true;
		if (owed == 1 && !answering) {
			refuse(context);
		}
		else if (owed > 1 && last != null) {
			last.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		if (refused || owed == 0) {
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
			owed--;
		}
		super.write(context, message, promise);
		if (stopped && owed == 0 && !closing) {
			closeLater(context, context.newPromise());
		}
	}

	// The server closes where an answer said so.
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
