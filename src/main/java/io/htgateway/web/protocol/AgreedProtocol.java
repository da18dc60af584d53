package io.htgateway.web.protocol;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;

/**
 * Waits until a new connection has agreed on its protocol: by its TLS handshake (RFC
 * 7301) or by its first bytes.
 */
final class AgreedProtocol extends ChannelInboundHandlerAdapter {

	private final Consumer<ChannelPipeline> then;

	private AgreedProtocol(Consumer<ChannelPipeline> then) {
		this.then = then;
	}

	/**
	 * Calls the given consumer once, when the protocol of the connection is known.
	 */
	static void await(Channel channel, Consumer<ChannelPipeline> then) {
		channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, null, new AgreedProtocol(then));
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent
				|| event instanceof CleartextHttp2ServerUpgradeHandler.PriorKnowledgeUpgradeEvent) {
			then.accept(context.pipeline());
			context.pipeline().remove(this);
		}
		context.fireUserEventTriggered(event);
	}

}
