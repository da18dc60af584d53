package io.htgateway.web.connection;

import io.htgateway.web.protocol.Http1;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Restricts requests to the served protocols, and ignores upgrades (RFC 9110 7.8).
 */
public final class ProtocolGuard extends ChannelInboundHandlerAdapter {

	private static final String NAME = "htgateway.protocols";

	private static final String HTTP = "HTTP";

	private boolean upgradesIgnored;

	/**
	 * Guards the given new connection.
	 */
	public static void watch(Channel channel) {
		ChannelHandlerContext codec = channel.pipeline().context(HttpServerCodec.class);
		if (codec != null) {
			channel.pipeline().addAfter(codec.name(), NAME, new ProtocolGuard());
		}
		else {
			Http1.whenUsed(channel, NAME, new ProtocolGuard());
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!upgradesIgnored) {
			upgradesIgnored = true;
			ignoreUpgrades(context.pipeline());
		}
		if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
			checkVersion(request);
		}
		context.fireChannelRead(message);
	}

	// Java's client can lose the response that follows an upgrade to HTTP/2. Before the
	// first request, the server itself may remove the handler, because the connection
	// uses HTTP/2.
	private static void ignoreUpgrades(ChannelPipeline pipeline) {
		if (pipeline.get(HttpServerUpgradeHandler.class) != null) {
			pipeline.remove(HttpServerUpgradeHandler.class);
		}
	}

	// The server would answer with the version of the request (RFC 9110 2.5 and 6.2).
	private static void checkVersion(HttpRequest request) {
		HttpVersion version = request.protocolVersion();
		if (version.majorVersion() != 1 || !version.protocolName().equals(HTTP)) {
			request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("not HTTP/1")));
			request.setProtocolVersion(HttpVersion.HTTP_1_1);
		}
		else if (version.minorVersion() > 1) {
			request.setProtocolVersion(HttpVersion.HTTP_1_1);
		}
	}

}
