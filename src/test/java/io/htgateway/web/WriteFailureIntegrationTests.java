package io.htgateway.web;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses whose head can be written and whose body cannot, for example because there is
 * no memory for a copy of it.
 */
@GatewayTest
class WriteFailureIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	// Heads are smaller than this, and the parts in which bodies are written are larger.
	private static final int HEAD = 1_000;

	@Autowired
	private Gateway gateway;

	@Autowired
	private FailingWrites writes;

	@ParameterizedTest
	@ValueSource(strings = { "/v3/api-docs", HEATMAP })
	void connectionIsClosedWhenResponseOfServerCannotBeWritten(String target) {
		assertThat(answerWhenBodiesFail(target, "Accept: application/json;q=0.9")).hasSizeLessThan(HEAD);
	}

	@Test
	void connectionIsClosedWhenHitCannotBeWritten() {
		gateway.get(HEATMAP);

		assertThat(answerWhenBodiesFail(HEATMAP, "Accept: */*")).hasSizeLessThan(HEAD);
	}

	@Test
	void connectionIsClosedWhenPartOfStreamedResponseCannotBeWritten() {
		assertThat(answerWhenBodiesFail("/webjars/swagger-ui/swagger-ui.css", "Accept: */*")).hasSizeLessThan(HEAD);
	}

	private String answerWhenBodiesFail(String target, String header) {
		try (RawClient client = RawClient.of(gateway)) {
			writes.fail = true;
			client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");
			return client.readToEnd();
		}
		finally {
			writes.fail = false;
		}
	}

	@ChannelHandler.Sharable
	private static final class FailingWrites extends ChannelOutboundHandlerAdapter {

		private volatile boolean fail;

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
			if (fail && message instanceof ByteBuf bytes && bytes.readableBytes() > HEAD) {
				ReferenceCountUtil.release(message);
				promise.setFailure(new OutOfMemoryError("simulated"));
				return;
			}
			super.write(context, message, promise);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		static FailingWrites failingWrites() {
			return new FailingWrites();
		}

		@Bean
		static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> failing(FailingWrites writes) {
			return (factory) -> factory.addServerCustomizers((server) -> server
				.doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(writes)));
		}

	}

}
