package io.htgateway.web.connection;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.htgateway.web.protocol.Http2;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Resets HTTP/2 streams whose request does not become complete or whose response is not
 * read, and closes connections whose frame does not become complete.
 */
final class StreamTimeouts extends ChannelDuplexHandler {

	private static final String FRAMES = "htgateway.http2-frames";

	private static final int CHECKS = 4;

	private FrameProgress frames = new FrameProgress();

	private final long idle;

	private final long request;

	private @Nullable Http2Connection connection;

	private Http2Connection.@Nullable PropertyKey key;

	StreamTimeouts(Duration idle, Duration request) {
		this.idle = idle.toNanos();
		this.request = request.toNanos();
	}

	/**
	 * Watches the given new connection.
	 */
	void watch(Channel channel) {
		Http2.whenUsed(channel, "htgateway.http2-times", this);
		// Handlers that are added after the first bytes were read do not see them.
		if (channel.pipeline().get(NettyPipeline.H2CUpgradeHandler) != null) {
			channel.pipeline().addBefore(NettyPipeline.H2CUpgradeHandler, FRAMES, frames);
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		ChannelHandlerContext codec = Http2.codec(context.pipeline());
		connection = ((Http2FrameCodec) codec.handler()).connection();
		key = connection.newKey();
		if (context.pipeline().get(FRAMES) == null) {
			frames = new FrameProgress();
			context.pipeline().addBefore(codec.name(), FRAMES, frames);
		}
		schedule(context);
	}

	/**
	 * Returns whether the connection has active streams.
	 */
	boolean hasActive() {
		return connection != null && connection.numActiveStreams() > 0;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2HeadersFrame frame) {
			exchange(frame).complete |= frame.isEndStream();
		}
		else if (message instanceof Http2DataFrame frame) {
			exchange(frame).complete |= frame.isEndStream();
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (message instanceof Http2HeadersFrame frame && frame.stream() != null) {
			exchange(frame).answered = true;
		}
		super.write(context, message, promise);
	}

	private Exchange exchange(Http2StreamFrame frame) {
		Http2Stream stream = connection().stream(frame.stream().id());
		Exchange exchange = (stream != null) ? stream.getProperty(key) : null;
		if (exchange == null) {
			exchange = new Exchange(frame.stream());
			if (stream != null) {
				stream.setProperty(key, exchange);
			}
		}
		return exchange;
	}

	private Http2Connection connection() {
		return Objects.requireNonNull(connection, "set when the handler was added");
	}

	private void schedule(ChannelHandlerContext context) {
		Future<?> _ = context.executor()
			.schedule(() -> check(context), Math.min(idle, request) / CHECKS, TimeUnit.NANOSECONDS);
	}

	private void check(ChannelHandlerContext context) {
		if (!context.channel().isOpen() || context.isRemoved()) {
			return;
		}
		long now = System.nanoTime();
		if (frames.incompleteNanos(now) > request) {
			Http2.goAway(context.pipeline(), Http2Error.ENHANCE_YOUR_CALM);
			return;
		}
		try {
			connection().forEachActiveStream((stream) -> check(context, stream, now));
		}
		catch (Http2Exception ex) {
			context.fireExceptionCaught(ex);
		}
		context.flush();
		schedule(context);
	}

	private boolean check(ChannelHandlerContext context, Http2Stream stream, long now) {
		Exchange exchange = stream.getProperty(key);
		if (exchange != null && (exchange.isLate(now) || exchange.isUnread(now, stream))) {
			Future<?> _ = context.write(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(exchange.frames));
		}
		return true;
	}

	/**
	 * A request and its response.
	 */
	private final class Exchange {

		private final Http2FrameStream frames;

		private final long started = System.nanoTime();

		private long lastProgress = started;

		private int window;

		private boolean complete;

		private boolean answered;

		Exchange(Http2FrameStream frames) {
			this.frames = frames;
		}

		boolean isLate(long now) {
			return !complete && now - started > request;
		}

		// Sent bytes shrink the window; bytes that the client reads enlarge it.
		boolean isUnread(long now, Http2Stream stream) {
			int previous = window;
			window = connection().remote().flowController().windowSize(stream);
			if (!answered || window != previous) {
				lastProgress = now;
			}
			return now - lastProgress > idle;
		}

	}

}
