package io.htgateway.web.server;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import io.htgateway.web.RawClient;
import io.htgateway.web.protocol.LostConnections;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Protocols of a connection, none of which fills the log.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
public class ProtocolIntegrationTests {

	private static final String RISK = "/api/external/12/assets/liquidation-risk?limit=5";

	private static final String UPGRADE = "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n";

	private static final String SETTINGS = "HTTP2-Settings: AAMAAABkAAQAAP__\r\n";

	private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@ParameterizedTest
	@ValueSource(strings = { "h2c", "H2C", "websocket, h2c", "websocket", "TLS/1.0" })
	void upgradeIsIgnored(String protocol) {
		String request = "GET " + RISK + " HTTP/1.1\r\nHost: a\r\nUpgrade: " + protocol + "\r\n";
		try (RawClient client = RawClient.of(gateway)) {
			for (int time = 0; time < 3; time++) {
				client.send(request + "Connection: Upgrade, HTTP2-Settings\r\n" + SETTINGS + "\r\n");

				assertThat(client.read()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("upgrade");
			}
		}
		assertThat(upstream.calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void upgradeOfAMalformedRequestIsIgnored() {
		assertThat(raw("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + UPGRADE + SETTINGS + "bad header\0: y\r\n\r\n"))
			.startsWith("HTTP/1.1 400 ");
	}

	@Test
	void upgradeWhenOfHttp10IsIgnored() {
		assertThat(raw("GET " + RISK + " HTTP/1.0\r\nHost: a\r\n" + UPGRADE + SETTINGS + "\r\n"))
			.containsPattern("\\AHTTP/1\\.[01] 200 ");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" })
	void upgradeWhenRequestHasBodyIsIgnored(String rest) {
		assertThat(raw("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + UPGRADE + SETTINGS + rest))
			.startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: a@b\r\n", "Host: a\r\nHost: b\r\n", "" })
	void upgradeWhenHostIsNoneIsRefused(String host) {
		assertThat(raw("GET " + RISK + " HTTP/1.1\r\n" + host + UPGRADE + SETTINGS + "\r\n"))
			.startsWith("HTTP/1.1 400 ")
			.contains("application/problem+json", "Host header");
	}

	@ParameterizedTest
	@ValueSource(strings = { "!!!", "AAMAAA", "AAUAAAAA" })
	void upgradeWhenSettingsAreNoneIsIgnoredInSilence(String settings, CapturedOutput output) {
		assertThat(
				raw("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n" + UPGRADE + "HTTP2-Settings: " + settings + "\r\n\r\n"))
			.startsWith("HTTP/1.1 200 ");

		assertThat(output).doesNotContain("Http2ServerUpgradeCodec", "Exception");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.2", "HTTP/1.9" })
	void requestWhenOfLaterMinorVersionIsAnsweredAsHttp11(String version) {
		assertThat(raw("GET " + RISK + " " + version + "\r\nHost: a\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/9.9", "HTTP/2.0", "HTTP/0.9", "ICY/1.1" })
	void requestWhenOfAnotherMajorVersionIsRefused(String version) {
		assertThat(raw("GET " + RISK + " " + version + "\r\nHost: a\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 400 ");
	}

	@Test
	void connectionWhenHttp2ClientResetsItEndsInSilence(CapturedOutput output) throws Exception {
		reset(ServerConfiguration.withGuards(server()));

		assertThat(output).doesNotContain("exceptionCaught() event was fired");
	}

	// Without this test, the one above would prove nothing.
	@Test
	void connectionWhenHttp2ClientResetsItAndServerIsNotGuardedIsWarnedOf(CapturedOutput output) throws Exception {
		reset(server());

		assertThat(output).contains("exceptionCaught() event was fired");
	}

	@Test
	void failureWhenOfNoConnectionIsNotSwallowed() {
		EmbeddedChannel channel = new EmbeddedChannel(new LostConnections());
		channel.pipeline().fireExceptionCaught(new IOException("Connection reset"));
		channel.checkException();

		channel.pipeline().fireExceptionCaught(new IllegalStateException("ours"));
		assertThatIllegalStateException().isThrownBy(channel::checkException);
	}

	private static HttpServer server() {
		return HttpServer.create().host("127.0.0.1").port(0).protocol(HttpProtocol.HTTP11, HttpProtocol.H2C);
	}

	// Counts down after the event loop has handled the end of the connection.
	private static void reset(HttpServer server) throws InterruptedException {
		CountDownLatch closed = new CountDownLatch(1);
		DisposableServer running = server
			.doOnChannelInit((observer, channel, address) -> channel.closeFuture()
				.addListener((done) -> channel.eventLoop().execute(closed::countDown)))
			.bindNow();
		try (RawClient client = RawClient.to(running.port())) {
			client.send(PREFACE);
			assertThat(client.readBytes(30)).hasSize(30);
			client.reset();
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			running.disposeNow();
		}
	}

	private String raw(String request) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(request);
			return client.readToEnd();
		}
	}

}
