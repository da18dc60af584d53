package io.htgateway.web.protocol;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import reactor.netty.NettyPipeline;

/**
 * Utilities for handlers of HTTP/1.1 connections.
 */
public final class Http1 {

	private Http1() {
	}

	/**
	 * Adds the given handler to a new connection once it uses HTTP/1.1, where messages
	 * are decoded. A connection with TLS agrees on its protocol in its handshake (RFC
	 * 7301), which may be another one.
	 */
	public static void whenUsed(Channel channel, String name, ChannelHandler handler) {
		whenUsed(channel, (pipeline) -> pipeline.addBefore(NettyPipeline.HttpTrafficHandler, name, handler));
	}

	/**
	 * Adds the given handler to a new connection once it uses HTTP/1.1, where its bytes
	 * have not been decoded. On a connection without TLS, the first bytes may show that
	 * it uses HTTP/2 instead (RFC 9113 3.3).
	 */
	public static void beforeDecoding(Channel channel, String name, ChannelHandler handler) {
		whenUsed(channel,
				(pipeline) -> pipeline.addBefore(pipeline.context(HttpServerCodec.class).name(), name, handler));
	}

	private static void whenUsed(Channel channel, Consumer<ChannelPipeline> add) {
		if (isUsed(channel.pipeline())) {
			add.accept(channel.pipeline());
		}
		else {
			AgreedProtocol.await(channel, (pipeline) -> {
				if (isUsed(pipeline)) {
					add.accept(pipeline);
				}
			});
		}
	}

	/**
	 * Returns whether a connection with the given pipeline is known to use HTTP/1.1.
	 */
	public static boolean isUsed(ChannelPipeline pipeline) {
		return pipeline.get(NettyPipeline.HttpTrafficHandler) != null;
	}

}
