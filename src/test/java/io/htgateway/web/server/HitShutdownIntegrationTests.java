package io.htgateway.web.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.web.RawClient;
import io.htgateway.web.hit.Hits;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hits that are being sent when the server stops.
 */
@GatewayTest
class HitShutdownIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final byte[] LARGE = ("{\"coin\":\"BTC\",\"heatmap\":[" + " ".repeat(20_000_000) + "]}")
		.getBytes(StandardCharsets.UTF_8);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private Hits hits;

	@Test
	void hitWhenServerStopsIsSentToItsEnd() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.ok().withBody(LARGE));
		gateway.get(HEATMAP);
		DisposableServer server = ServerConfiguration
			.withHits(HttpServer.create().host("127.0.0.1").port(0), () -> hits)
			.channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
			.handle((request, response) -> response.sendNotFound())
			.bindNow();
		try (RawClient client = RawClient.to(server.port())) {
			client.send("GET " + HEATMAP + " HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");

			CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> server.disposeNow(Duration.ofSeconds(20)));
			stop.join();

			assertThat(client.readBytes(LARGE.length)).hasSize(LARGE.length);
		}
		finally {
			server.disposeNow();
		}
	}

}
