package io.htgateway.web.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.htgateway.web.protocol.Http1;
import io.htgateway.web.protocol.Http2;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.Future;
import reactor.netty.channel.ChannelOperations;

/**
 * Closes a connection that is idle, or whose request does not become complete. Each
 * connection is checked at intervals: timers that are set and cancelled with each request
 * would cost a hit more than its response.
 */
public final class ConnectionTimeouts extends ChannelDuplexHandler {

	private static final int CHECKS = 4;

	private final long idle;

	private final long request;

	private long lastActive = System.nanoTime();

	private long started = lastActive;

	private long unsentBytes;

	private boolean transferred;

	private boolean complete = true;

	private final StreamTimeouts streams;

	private ConnectionTimeouts(Duration idle, Duration request, StreamTimeouts streams) {
		this.idle = idle.toNanos();
		this.request = request.toNanos();
		this.streams = streams;
	}

	/**
	 * Watches the given new connection.
	 * @param idle longest time without a byte read or sent, and without a response being
	 * prepared; a connection may stay open for one check interval more
	 * @param request longest time from the first byte of a request to its last
	 */
	public static void watch(Channel channel, Duration idle, Duration request) {
		StreamTimeouts streams = new StreamTimeouts(idle, request);
		ConnectionTimeouts timeouts = new ConnectionTimeouts(idle, request, streams);
		channel.pipeline().addFirst(timeouts);
		Http1.whenUsed(channel, "htgateway.requests", timeouts.new Requests());
		streams.watch(channel);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		schedule(context);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		transferred = true;
		if (complete) {
			complete = false;
			started = System.nanoTime();
		}
		context.fireChannelRead(bytes);
	}

	@Override
	public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) throws Exception {
		transferred = true;
		super.write(context, bytes, promise);
	}

	/**
	 * Ends the time of a request whose bytes are not decoded.
	 */
	public void requestCompleted() {
		complete = true;
	}

	private void schedule(ChannelHandlerContext context) {
		Future<?> _ = context.executor()
			.schedule(() -> check(context), Math.min(idle, request) / CHECKS, TimeUnit.NANOSECONDS);
	}

	private void check(ChannelHandlerContext context) {
		if (!context.channel().isOpen()) {
			return;
		}
		long now = System.nanoTime();
		if (transferred || isSending(context.channel()) || isAnswering(context.channel())) {
			transferred = false;
			lastActive = now;
		}
		if (now - lastActive > idle || (isHttp1(context) && !complete && now - started > request)) {
			close(context);
			return;
		}
		schedule(context);
	}

	private static void close(ChannelHandlerContext context) {
		if (Http2.isUsed(context.pipeline())) {
			Http2.goAway(context.pipeline(), Http2Error.NO_ERROR);
		}
		else {
			Future<?> _ = context.close();
		}
	}

	// A response is written at once, but the client may take long to read it.
	private boolean isSending(Channel channel) {
		ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
		long previous = unsentBytes;
		unsentBytes = (buffer != null) ? buffer.totalPendingWriteBytes() - buffer.currentProgress() : 0;
		return unsentBytes != previous;
	}

	// The loads limit how long a response may take.
	private boolean isAnswering(Channel channel) {
		boolean http1 = complete && unsentBytes == 0 && ChannelOperations.get(channel) != null;
		return http1 || streams.hasActive();
	}

	// HTTP/2 requests have their own streams, which StreamTimeouts watches.
	private static boolean isHttp1(ChannelHandlerContext context) {
		return Http1.isUsed(context.pipeline());
	}

	/**
	 * Observes when a request is complete.
	 */
	private final class Requests extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof LastHttpContent) {
				complete = true;
			}
			context.fireChannelRead(message);
		}

	}

}
