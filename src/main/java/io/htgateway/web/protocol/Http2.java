package io.htgateway.web.protocol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.concurrent.Future;
import reactor.netty.NettyPipeline;

/**
 * Utilities for handlers of HTTP/2 connections.
 */
public final class Http2 {

	private Http2() {
	}

	/**
	 * Adds the given handler to a new connection once it uses HTTP/2. The handler reads
	 * the frames of requests and writes those of responses.
	 */
	public static void whenUsed(Channel channel, String name, ChannelHandler frames) {
		AgreedProtocol.await(channel, (pipeline) -> {
			if (isUsed(pipeline)) {
				pipeline.addBefore(NettyPipeline.H2MultiplexHandler, name, frames);
			}
		});
	}

	/**
	 * Returns the handler context of the frame codec of an HTTP/2 connection.
	 */
	public static ChannelHandlerContext codec(ChannelPipeline pipeline) {
		return pipeline.context(Http2FrameCodec.class);
	}

	/**
	 * Returns whether a connection with the given pipeline is known to use HTTP/2.
	 */
	public static boolean isUsed(ChannelPipeline pipeline) {
		return pipeline.get(NettyPipeline.H2MultiplexHandler) != null;
	}

	/**
	 * Closes an HTTP/2 connection after a GOAWAY frame with the given reason.
	 */
	public static void goAway(ChannelPipeline pipeline, Http2Error reason) {
		Future<?> _ = pipeline.context(NettyPipeline.H2MultiplexHandler)
			.writeAndFlush(new DefaultHttp2GoAwayFrame(reason));
		// The close of the codec would wait for all streams.
		Future<?> _ = codec(pipeline).close();
	}

}
