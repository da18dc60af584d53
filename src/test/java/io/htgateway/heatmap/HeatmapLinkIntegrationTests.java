package io.htgateway.heatmap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links that the gateway must not follow, or must stop following. All of them stay on
 * loopback.
 */
@SecurityTest
@GatewayTest
class HeatmapLinkIntegrationTests {

	private static final Duration BACKOFF = Duration.ofSeconds(5);

	private static final String ETH = "/api/external/exports/coins/ETH/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.2:%d/x", "//127.0.0.2:%d/x", "http://127.2:%d/x", "http://2130706434:%d/x",
			"http://0x7f000002:%d/x", "http://0177.0.0.2:%d/x", "http://[::ffff:127.0.0.2]:%d/x",
			"http://127.0.0.1@127.0.0.2:%d/x", "http://127.0.0.1:80@127.0.0.2:%d/x", "http://127.0.0.2:%d#@127.0.0.1/x",
			"http://127.0.0.2:%d\\@127.0.0.1/x", "http://127.0.0.1.127.0.0.2:%d/x", "https://127.0.0.2:%d/x" })
	void linkWhenHostIsAnotherLoopbackAddressIsNotFollowed(String link) throws Exception {
		try (ServerSocketChannel listener = listener()) {
			String target = link.formatted(listener.socket().getLocalPort());
			for (ResponseDefinitionBuilder answer : List.of(redirect(target), json(target))) {
				upstream.answer(Endpoint.HEATMAP, answer);

				assertRefused(gateway.get(ETH));
			}
			upstream.answer(Endpoint.HEATMAP, redirect(upstream.signedLink("ETH").toString()));
			upstream.answer(Endpoint.DOWNLOAD, redirect(target));
			assertRefused(gateway.get(ETH));

			assertThat(listener.accept()).isNull();
			assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:%d/x", "http://user@127.0.0.1:%d/x", "http://user:word@127.0.0.1:%d/x",
			"http://@127.0.0.1:%d/x", "http://127.0.0.1.:%d/x", "ftp://127.0.0.1:%d/x", "file:///etc/hostname",
			"data:application/json,{}", "mailto:a@127.0.0.1", "http:///x", "http:/x", "http://[::1",
			"http://127.0.0.1 :%d/x", "http://127.0.0.1:%d\\x", "http://127.0.0.1%%2e:%d/x", "http://127.0.0.1:-1/x",
			"http://127.0.0.1:99999/x", ":", "http://" })
	void linkWhenNotAllowedOrGarbageIsNotFollowed(String link) {
		String target = link.formatted(upstream.storeBaseUrl().getPort());
		for (ResponseDefinitionBuilder answer : List.of(redirect(target), json(target))) {
			upstream.answer(Endpoint.HEATMAP, answer);

			assertRefused(gateway.get(ETH));
		}
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(2);
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "http://[::1, a link that is not a URI", ":, a link that is not a URI",
			"LONG, a link over the limit of 32 KB" })
	void linkInJsonWhenItIsNoUriIsMalformedAndStopsNoOtherCalls(String link, String reason) {
		upstream.answer(Endpoint.HEATMAP, json(link.replace("LONG", "https://a.example/" + "x".repeat(33_000))));
		for (int call = 0; call < 25; call++) {
			Gateway.Response response = gateway.get(ETH.replace("ETH", "C" + call));

			assertRefused(response);
			assertThat(response.json().path("detail").asString()).isEqualTo("the upstream sent " + reason);
		}

		assertThat(gateway.get("/api/external/fills/liquidation").status()).isEqualTo(200);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(25);
	}

	@Test
	void redirectWhenWithoutLocationIsUpstreamsFailure() {
		upstream.answer(Endpoint.HEATMAP, WireMock.status(302));

		assertRefused(gateway.get(ETH));
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	@Test
	void redirectWhenRelativeIsFollowedToUpstreamWithoutKey() {
		upstream.answer(Endpoint.HEATMAP, redirect("/api/external/fills/liquidation"));

		assertRefused(gateway.get(ETH));
		assertThat(upstream.requests(Endpoint.FILLS)).singleElement()
			.satisfies((request) -> assertThat(request.containsHeader("Authorization")).isFalse());
	}

	@Test
	void redirectWhenToUpstreamItselfIsFollowedWithoutKey() {
		upstream.answer(Endpoint.HEATMAP, redirect(upstream.apiBaseUrl() + "/api/external/fills/liquidation"));

		assertRefused(gateway.get(ETH));
		assertThat(upstream.requests(Endpoint.FILLS)).singleElement()
			.satisfies((request) -> assertThat(request.containsHeader("Authorization")).isFalse());
	}

	@Test
	void downloadWhenStoreRedirectsOnceIsFollowed() {
		String link = upstream.signedLink("ETH").toString();
		upstream.answerNext(Endpoint.DOWNLOAD, 1, redirect(link));
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				redirect(link.substring(upstream.storeBaseUrl().toString().length())));

		assertThat(gateway.get(ETH).body()).isEqualTo(upstream.heatmapBody("ETH"));
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(3);
	}

	@Test
	void downloadWhenStoreRedirectsInCirclesEndsAfterThreeHops() {
		upstream.answer(Endpoint.DOWNLOAD, redirect(upstream.storeBaseUrl() + "/again"));

		assertRefused(gateway.get(ETH));
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(3);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

	private void assertRefused(Gateway.Response response) {
		clock.advance(BACKOFF);
		Problems.check(response, 502, Problems.OWN + "upstream-failed");
		assertThat(response.everything()).doesNotContain("127.");
	}

	private static ServerSocketChannel listener() throws IOException {
		ServerSocketChannel listener = ServerSocketChannel.open();
		listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0)).configureBlocking(false);
		return listener;
	}

	private static ResponseDefinitionBuilder redirect(String location) {
		return WireMock.status(302).withHeader("Location", location);
	}

	private static ResponseDefinitionBuilder json(String link) {
		return WireMock.okJson("{\"url\":\"" + link.replace("\\", "\\\\") + "\"}");
	}

}
