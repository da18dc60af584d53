package io.htgateway.web.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

/**
 * Lets HTTP/1.1 clients that end their side of the connection have the responses to what
 * they have sent (RFC 9112 9.6), for a limited time: a client that has left entirely
 * looks the same until something is sent to it. HTTP/2 and TLS have ends of their own, so
 * there the connection is closed.
 */
public final class HalfClosed extends ChannelInboundHandlerAdapter {

	private final long longest;

	private HalfClosed(Duration longest) {
		this.longest = longest.toNanos();
	}

	/**
	 * Watches the given new connection, which must be allowed to be half-closed.
	 * @param longest time for which responses are still being made; one that is being
	 * sent may take longer
	 */
	public static void watch(Channel channel, Duration longest) {
		channel.pipeline().addFirst("htgateway.half-closed", new HalfClosed(longest));
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event == ChannelInputShutdownEvent.INSTANCE) {
			if (!Http1.isSpoken(context.pipeline()) || context.pipeline().get(SslHandler.class) != null) {
				close(context);
				return;
			}
			closeLater(context);
		}
		context.fireUserEventTriggered(event);
	}

	// Where half-closure is allowed, the transport tells of a reset as of an end of
	// input.
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.fireExceptionCaught(cause);
		if (cause instanceof IOException) {
			close(context);
		}
	}

	private void closeLater(ChannelHandlerContext context) {
		Future<?> closing = context.executor()
			.schedule(() -> closeUnlessSending(context), longest, TimeUnit.NANOSECONDS);
		context.channel().closeFuture().addListener((closed) -> closing.cancel(false));
	}

	// A client that does not read is left by ConnectionTimeouts.
	private void closeUnlessSending(ChannelHandlerContext context) {
		ChannelOutboundBuffer unsent = context.channel().unsafe().outboundBuffer();
		if (unsent != null && !unsent.isEmpty()) {
			closeLater(context);
		}
		else {
			close(context);
		}
	}

	private static void close(ChannelHandlerContext context) {
		Future<?> _ = context.close();
	}

}
