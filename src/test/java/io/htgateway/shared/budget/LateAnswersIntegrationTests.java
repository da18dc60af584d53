package io.htgateway.shared.budget;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of three gateways on a working Redis that sends single replies late.
 */
@Tag("replicas")
class LateAnswersIntegrationTests {

	private static final Duration LATE = Duration.ofMillis(300);

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE", "XRP", "BNB", "ADA", "AVAX",
			"LINK", "LTC", "SUI", "ENA", "FARTCOIN", "kPEPE", "PUMP", "ZEC", "AAVE", "ARB", "WIF");

	private static final List<String> TARGETS = Stream
		.concat(IntStream.rangeClosed(1, 16)
			.mapToObj((segment) -> "/api/external/" + segment + "/assets/liquidation-risk?limit=20"),
				COINS.stream().map((coin) -> "/api/external/exports/coins/" + coin + "/liquidation-heatmap"))
		.toList();

	/**
	 * The first text is only in replies of the ledger, the others in any reply, in
	 * granted leases, and in times.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "epoch", "", "OK", "17" })
	void coldKeysWhenSingleRepliesAreLateCostOneCallEachAndNoneIsRefused(String text) throws IOException {
		List<RedisRoute> routes = new ArrayList<>();
		try (Replicas replicas = Replicas.on(RedisServer.shared())) {
			replicas.with("gateway.access-log.enabled", false)
				.with("gateway.shared.timeout", "250ms")
				.with("gateway.budget.per-minute", 500)
				.with("gateway.budget.per-month", 2_000_000)
				.with("gateway.budget.replicas", 3);
			for (int replica = 0; replica < 3; replica++) {
				RedisRoute route = RedisRoute.to(RedisServer.shared());
				routes.add(route);
				replicas.with("spring.data.redis.port", route.port()).add();
			}
			routes.forEach((route) -> route.holdBack(1, text, LATE));

			List<Integer> statuses = TARGETS.stream()
				.flatMap((target) -> replicas.gateways().stream().map((gateway) -> gateway.send("GET", target)))
				.toList()
				.stream()
				.map(CompletableFuture::join)
				.map(Gateway.Response::status)
				.toList();

			assertThat(statuses).hasSize(3 * TARGETS.size()).containsOnly(200);
			assertThat(Stream.of(Endpoint.RISK, Endpoint.HEATMAP)
				.flatMap((endpoint) -> replicas.upstream().requests(endpoint).stream())
				.map(LoggedRequest::getUrl)).hasSize(TARGETS.size()).doesNotHaveDuplicates();
		}
		finally {
			for (RedisRoute route : routes) {
				route.close();
			}
		}
	}

}
