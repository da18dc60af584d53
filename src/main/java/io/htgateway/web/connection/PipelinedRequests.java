package io.htgateway.web.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

import io.htgateway.web.protocol.Http1;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import reactor.netty.channel.ChannelOperations;

/**
 * Passes the requests of an HTTP/1.1 connection to the server one at a time, each after
 * the response to the one before (RFC 9112 9.3.2). The server has one keep-alive flag per
 * connection: if it read a request with <code>Connection: close</code> ahead, it would
 * close the connection after an earlier response (RFC 9112 9.6). A draining server
 * answers the requests that it has received, and sends <code>Connection: close</code>
 * with the last response.
 */
public final class PipelinedRequests extends ChannelDuplexHandler {

	private final Deque<Object> waiting = new ArrayDeque<>();

	private boolean pending;

	private boolean received;

	private boolean answered;

	private boolean lastReceived;

	private boolean afterLast;

	private boolean reading;

	private boolean readRequested;

	private boolean closed;

	private boolean busy;

	private final Supplier<Pipelines> pipelines;

	private PipelinedRequests(Supplier<Pipelines> pipelines) {
		this.pipelines = pipelines;
	}

	/**
	 * Orders the requests of the given new connection.
	 * @param pipelines counts the connection while requests wait
	 */
	public static void watch(Channel channel, Supplier<Pipelines> pipelines) {
		Http1.whenUsed(channel, "htgateway.pipelined", new PipelinedRequests(pipelines));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		reading = true;
		if (message instanceof HttpRequest request) {
			afterLast = lastReceived;
			lastReceived |= !HttpUtil.isKeepAlive(request);
		}
		if (afterLast || closed) {
			ReferenceCountUtil.release(message);
		}
		else if (waiting.isEmpty() && !mustWait(context, message)) {
			pass(context, message);
		}
		else {
			waiting.add(message);
			updatePipelines();
		}
	}

	private void updatePipelines() {
		if (busy == waiting.isEmpty()) {
			busy = !busy;
			if (busy) {
				pipelines.get().becameBusy();
			}
			else {
				pipelines.get().becameIdle();
			}
		}
	}

	// While the server drains, the last request of a connection is known only after all
	// bytes received together have been read.
	private boolean mustWait(ChannelHandlerContext context, Object message) {
		return message instanceof HttpRequest
				&& (isServed(context.channel()) || (reading && pipelines.get().isDraining()));
	}

	private boolean isServed(Channel channel) {
		pending &= !answered || ChannelOperations.get(channel) != null;
		return pending;
	}

	// The server turns automatic reads on for a body, and leaves them on after its end.
	private void pass(ChannelHandlerContext context, Object message) {
		boolean end = message instanceof LastHttpContent;
		if (message instanceof HttpRequest) {
			pending = true;
			answered = false;
		}
		received = end;
		context.fireChannelRead(message);
		if (end && context.channel().config().isAutoRead()) {
			context.channel().config().setAutoRead(false);
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean informational = message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (!informational && message instanceof HttpResponse response && isLast(response)) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
			closed = true;
		}
		boolean end = !informational && message instanceof LastHttpContent;
		answered |= end;
		if (end && closed) {
			Future<?> _ = context.write(message, promise.unvoid()).addListener((written) -> closeAll(context));
		}
		else {
			super.write(context, message, promise);
		}
	}

	private boolean isLast(HttpResponse response) {
		return waiting.stream().noneMatch(HttpRequest.class::isInstance) && pipelines.get().isDraining()
				&& HttpUtil.isKeepAlive(response);
	}

	private static void closeAll(ChannelHandlerContext context) {
		Future<?> _ = context.close();
	}

	// The server fires this event when it has completed a request, possibly after its
	// last write.
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		context.fireUserEventTriggered(event);
		if (readRequested || !waiting.isEmpty()) {
			context.executor().execute(() -> passOn(context));
		}
	}

	private void passOn(ChannelHandlerContext context) {
		while (!closed && !waiting.isEmpty() && !mustWait(context, waiting.element())) {
			pass(context, waiting.remove());
		}
		updatePipelines();
		readOn(context);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		reading = false;
		passOn(context);
		context.fireChannelReadComplete();
	}

	@Override
	public void read(ChannelHandlerContext context) {
		readRequested = true;
		readOn(context);
	}

	// Limits the waiting requests to those of one read.
	private void readOn(ChannelHandlerContext context) {
		if (readRequested && !reading && waiting.isEmpty() && !(received && isServed(context.channel()))) {
			readRequested = false;
			context.read();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		discard();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		discard();
	}

	private void discard() {
		waiting.forEach(ReferenceCountUtil::release);
		waiting.clear();
		updatePipelines();
		readRequested = false;
	}

}
