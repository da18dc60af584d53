package io.htgateway.web.protocol;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last handler of a connection. It ignores lost connections, and logs protocol errors at
 * most once a minute. The server handles both for HTTP/1.1 itself, but leaves HTTP/2 to
 * Netty, which logs a WARN with a stack trace each time. One instance serves all
 * connections of a server.
 */
@ChannelHandler.Sharable
public final class LostConnections extends ChannelInboundHandlerAdapter {

	private static final Logger LOG = LoggerFactory.getLogger(LostConnections.class);

	private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - LOG_INTERVAL);

	private final AtomicLong unlogged = new AtomicLong();

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		if (failure instanceof Http2Exception broken) {
			logProtocolError(broken);
		}
		else if (!(failure instanceof IOException) && !(failure.getCause() instanceof IOException)) {
			context.fireExceptionCaught(failure);
		}
	}

	// The message of the exception is not logged: it may repeat bytes of the client.
	private void logProtocolError(Http2Exception broken) {
		long now = System.nanoTime();
		long previous = lastLogged.get();
		unlogged.incrementAndGet();
		if (now - previous >= LOG_INTERVAL && lastLogged.compareAndSet(previous, now)) {
			LOG.warn("HTTP/2 connection closed: protocol error of the client: error={} connectionsSinceLastLine={}",
					broken.error(), unlogged.getAndSet(0));
		}
	}

}
