package io.htgateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Drops interim responses (RFC 9110 15.2), which the HTTP client mistakes for final ones.
 */
public final class InterimResponses extends ChannelInboundHandlerAdapter {

	private boolean interim;

	/**
	 * Returns the given client with interim responses dropped.
	 */
	public static HttpClient dropFor(HttpClient client) {
		return client.doOnChannelInit((observer, channel, address) -> channel.pipeline()
			.addBefore(NettyPipeline.ReactiveBridge, "interimResponses", new InterimResponses()));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpResponse response) {
			interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		}
		if (interim) {
			ReferenceCountUtil.release(message);
			context.read();
		}
		else {
			context.fireChannelRead(message);
		}
	}

}
