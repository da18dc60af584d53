package io.htgateway.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Marks failures of the TLS handshake with a {@link TlsHandshakeException}. Otherwise a
 * connection that is closed during the handshake would look like one that is closed after
 * the request.
 */
public final class TlsHandshakes extends ChannelInboundHandlerAdapter {

	private TlsHandshakes() {
	}

	/**
	 * Returns the given client with failed handshakes marked.
	 */
	public static HttpClient markFor(HttpClient client) {
		return client.doOnChannelInit((observer, channel, address) -> {
			if (channel.pipeline().get(NettyPipeline.SslHandler) != null) {
				channel.pipeline().addAfter(NettyPipeline.SslHandler, "tlsHandshakes", new TlsHandshakes());
			}
		});
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent end && !end.isSuccess()) {
			context.fireUserEventTriggered(new SslHandshakeCompletionEvent(new TlsHandshakeException(end.cause())));
			return;
		}
		if (event instanceof SslHandshakeCompletionEvent) {
			context.pipeline().remove(this);
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.fireExceptionCaught(new TlsHandshakeException(cause));
	}

}
