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
 * Closes an HTTP/1.1 connection on which a response could not be written, for example
 * because there is no memory for a copy of its body. The server would keep the connection
 * open, and the client would wait for the body or take the next response for it.
 */
public final class WriteFailures extends ChannelOutboundHandlerAdapter {

	private static final Logger LOG = LoggerFactory.getLogger(WriteFailures.class);

	private WriteFailures() {
	}

	/**
	 * Watches the given new connection.
	 */
	public static void watch(Channel channel) {
		Http1.whenUsed(channel, "htgateway.write-failures", new WriteFailures());
	}

	// Only whole responses of the server and the ends of other responses are watched.
	// After failures of hits, which have no promise, and of parts of a streamed body, the
	// server closes the connection itself.
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
			LOG.error("Connection closed: a response could not be written", failure);
		}
		Future<?> _ = context.close();
	}

}
