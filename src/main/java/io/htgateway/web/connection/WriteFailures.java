package io.htgateway.web.connection;

import java.io.IOException;

import io.htgateway.web.protocol.Http1;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes an HTTP/1.1 connection on which a response could not be written, as when there
 * is no memory to copy its body to. The server would keep it, and the client would wait
 * for the body or take the next response for it.
 */
public final class WriteFailures extends ChannelOutboundHandlerAdapter {

	private static final Logger LOG = LoggerFactory.getLogger(WriteFailures.class);

	private WriteFailures() {
	}

	/**
	 * Watches the given connection, which is being set up.
	 */
	public static void watch(Channel channel) {
		Http1.whenSpoken(channel, "htgateway.write-failures", new WriteFailures());
	}

	// Only the server's whole responses and the ends of others need it: failures of hits,
	// which have no promise, and of parts of a streamed body make the server close.
	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		Future<?> written = context.write(message, promise);
		if (message instanceof LastHttpContent && !promise.isVoid()) {
			written.addListener((done) -> {
				if (!done.isSuccess()) {
					close(context, done.cause());
				}
			});
		}
	}

	private static void close(ChannelHandlerContext context, Throwable failure) {
		if (!(failure instanceof IOException)) {
			LOG.error("Connection closed, since a response could not be written", failure);
		}
		Future<?> _ = context.close();
	}

}
