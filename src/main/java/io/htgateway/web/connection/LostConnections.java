package io.htgateway.web.connection;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The end of a connection's pipeline, where it is no event that a client is gone. The
 * server says so of HTTP/1.1 itself, but leaves HTTP/2 to Netty, which warns with a
 * trace.
 */
public final class LostConnections extends ChannelInboundHandlerAdapter {

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		if (!(failure instanceof IOException)) {
			context.fireExceptionCaught(failure);
		}
	}

}
