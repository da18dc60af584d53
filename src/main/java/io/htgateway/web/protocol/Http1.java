package io.htgateway.web.protocol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;

/**
 * What is for HTTP/1.1 only.
 */
public final class Http1 {

	private Http1() {
	}

	/**
	 * Adds the given handler where messages of HTTP/1.1 are decoded, on a connection that
	 * is being set up. One with TLS tells its protocol in its handshake (RFC 7301), and
	 * may have another.
	 */
	public static void whenSpoken(Channel channel, String name, ChannelHandler handler) {
		if (isSpoken(channel.pipeline())) {
			add(channel.pipeline(), name, handler);
		}
		else {
			AgreedProtocol.await(channel, (pipeline) -> {
				if (isSpoken(pipeline)) {
					add(pipeline, name, handler);
				}
			});
		}
	}

	/**
	 * Whether it is known that a connection with the given pipeline speaks HTTP/1.1.
	 */
	public static boolean isSpoken(ChannelPipeline pipeline) {
		return pipeline.get(NettyPipeline.HttpTrafficHandler) != null;
	}

	private static void add(ChannelPipeline pipeline, String name, ChannelHandler handler) {
		pipeline.addBefore(NettyPipeline.HttpTrafficHandler, name, handler);
	}

}
