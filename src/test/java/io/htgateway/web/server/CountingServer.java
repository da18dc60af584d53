package io.htgateway.web.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.web.hit.Hits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Server with the gateway's hits and short timeouts, which counts received bytes and
 * decoded requests. It answers 404 to all that is not a hit.
 */
abstract class CountingServer {

	static final Duration REQUEST = Duration.ofMillis(600);

	static final Duration IDLE = Duration.ofMillis(900);

	@Autowired
	private Hits hits;

	final AtomicInteger decoded = new AtomicInteger();

	final AtomicInteger received = new AtomicInteger();

	final DisposableServer server = start();

	private DisposableServer start() {
		HttpServer limited = ServerConfiguration.withTimeouts(HttpServer.create().host("127.0.0.1").port(0), IDLE,
				REQUEST);
		HttpServer answering = ServerConfiguration.withHits(ServerConfiguration.withGuards(limited), () -> hits);
		return ServerConfiguration.withPipelining(answering).doOnChannelInit((observer, channel, address) -> {
			channel.pipeline().addFirst(new Received());
			channel.pipeline().addAfter(channel.pipeline().context(HttpServerCodec.class).name(), null, new Decoded());
		}).handle((request, response) -> response.sendNotFound()).bindNow();
	}

	@AfterEach
	void stop() {
		server.disposeNow();
	}

	private final class Received extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			received.addAndGet(((ByteBuf) message).readableBytes());
			context.fireChannelRead(message);
		}

	}

	private final class Decoded extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpRequest) {
				decoded.incrementAndGet();
			}
			context.fireChannelRead(message);
		}

	}

}
