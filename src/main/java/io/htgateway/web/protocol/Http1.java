package io.htgateway.web.protocol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
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
		if (isUsed(channel.pipeline())) {
			add(channel.pipeline(), name, handler);
		}
		else {
			AgreedProtocol.await(channel, (pipeline) -> {
				if (isUsed(pipeline)) {
					add(pipeline, name, handler);
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

	private static void add(ChannelPipeline pipeline, String name, ChannelHandler handler) {
		pipeline.addBefore(NettyPipeline.HttpTrafficHandler, name, handler);
	}

}
