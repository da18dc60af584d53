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
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * Closes a connection that is idle, or whose request does not become complete. One check
 * runs per connection from time to time: timers that are set and cancelled with each
 * request would cost a hit more than its answer.
 */
public final class ConnectionTimeouts extends ChannelDuplexHandler {

	private static final int CHECKS = 4;

	private final long idle;

	private final long request;

	private long active = System.nanoTime();

	private long started = active;

	private long unsent;

	private boolean moved;

	private boolean complete = true;

	private final StreamTimeouts streams;

	private ConnectionTimeouts(Duration idle, Duration request, StreamTimeouts streams) {
		this.idle = idle.toNanos();
		this.request = request.toNanos();
		this.streams = streams;
	}

	/**
	 * Watches the given connection, which is being set up.
	 * @param idle longest time in which nothing is read or sent, and no answer is being
	 * made; what is idle is closed up to a check later
	 * @param request longest time from the first byte of a request to its last
	 */
	public static void watch(Channel channel, Duration idle, Duration request) {
		StreamTimeouts streams = new StreamTimeouts(idle, request);
		ConnectionTimeouts timeouts = new ConnectionTimeouts(idle, request, streams);
		channel.pipeline().addFirst(timeouts);
		Http1.whenSpoken(channel, "htgateway.requests", timeouts.new Requests());
		streams.watch(channel);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		schedule(context);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		moved = true;
		if (complete) {
			complete = false;
			started = System.nanoTime();
		}
		context.fireChannelRead(bytes);
	}

	@Override
	public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) throws Exception {
		moved = true;
		super.write(context, bytes, promise);
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
		if (moved || isSending(context.channel()) || isAnswering(context.channel())) {
			moved = false;
			active = now;
		}
		if (now - active > idle || (isHttp1(context) && !complete && now - started > request)) {
			close(context);
			return;
		}
		schedule(context);
	}

	private static void close(ChannelHandlerContext context) {
		if (Http2.isSpoken(context.pipeline())) {
			Http2.leave(context.pipeline(), Http2Error.NO_ERROR);
		}
		else {
			Future<?> _ = context.close();
		}
	}

	// An answer is written at once, and may take long to be read.
	private boolean isSending(Channel channel) {
		ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
		long before = unsent;
		unsent = (buffer != null) ? buffer.totalPendingWriteBytes() - buffer.currentProgress() : 0;
		return unsent != before;
	}

	// How long that may take is for the loads to say.
	private boolean isAnswering(Channel channel) {
		boolean http1 = complete && unsent == 0 && ChannelOperations.get(channel) != null;
		return http1 || streams.areAnswered();
	}

	// HTTP/2 requests have their own streams, which StreamTimeouts watches.
	private static boolean isHttp1(ChannelHandlerContext context) {
		return Http1.isSpoken(context.pipeline());
	}

	/**
	 * Notes when a request has become complete.
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
