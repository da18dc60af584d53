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
 * End of a connection's pipeline, which ignores lost connections and logs protocol errors
 * once a minute. The server handles them for HTTP/1.1 itself, but leaves HTTP/2 to Netty,
 * which logs a WARN with a stack trace each time. One instance serves all connections of
 * a server.
 */
@ChannelHandler.Sharable
public final class LostConnections extends ChannelInboundHandlerAdapter {

	private static final Logger LOG = LoggerFactory.getLogger(LostConnections.class);

	private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

	private final AtomicLong told = new AtomicLong(System.nanoTime() - QUIET);

	private final AtomicLong untold = new AtomicLong();

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		if (failure instanceof Http2Exception broken) {
			tell(broken);
		}
		else if (!(failure instanceof IOException) && !(failure.getCause() instanceof IOException)) {
			context.fireExceptionCaught(failure);
		}
	}

	// Without the message, which may repeat the client's bytes.
	private void tell(Http2Exception broken) {
		long now = System.nanoTime();
		long before = told.get();
		untold.incrementAndGet();
		if (now - before >= QUIET && told.compareAndSet(before, now)) {
			LOG.warn("Connection closed: its client broke HTTP/2 with {}; {} such connections since the last such line",
					broken.error(), untold.getAndSet(0));
		}
	}

}
