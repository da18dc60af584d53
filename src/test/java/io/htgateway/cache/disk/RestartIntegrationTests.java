package io.htgateway.cache.disk;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.LoopbackPorts;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a gateway with a cache directory that restarts.
 */
class RestartIntegrationTests {

	private static final String BTC = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String RISK = "/api/external/%s/assets/liquidation-risk";

	private static final int TOTAL = 1203;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	@TempDir
	private Path temporary;

	private Replicas replicas;

	@BeforeEach
	void upstreamWorks() {
		replicas = Replicas.alone(clock).with("gateway.cache.directory", temporary.resolve("cache"));
	}

	@AfterEach
	void gatewaysEnd() {
		replicas.close();
	}

	@Test
	void pastFillsCostNoCallAfterARestart() {
		String target = "/api/external/fills/liquidation?limit=3&start=2026-04-01&end=2026-04-02";
		ReplicaContext first = replicas.add();
		Gateway.Response before = first.gateway().get(target);
		replicas.stop(first);
		clock.advance(Duration.ofDays(6));

		Gateway.Response after = replicas.add().gateway().get(target);

		assertThat(after.body()).isEqualTo(before.body());
		assertThat(after.header("Cache-Status")).startsWith("hypertracker-gateway; hit");
		assertThat(replicas.upstream().calls(Endpoint.FILLS)).isEqualTo(1);
	}

	private static List<String> targets() {
		return List.of(BTC, BTC.replace("BTC", "ETH"), RISK.formatted(5) + "?limit=3",
				RISK.formatted(5) + "?offset=7&limit=9", RISK.formatted(6), RISK.formatted(7) + "?offset=600&limit=2");
	}

	/**
	 * Runs a gateway that has been asked for all targets once, and ends it.
	 * @return its responses to second requests, without and with gzip
	 */
	private List<Gateway.Response> warm() {
		for (int offset : new int[] { 0, 500 }) {
			replicas.upstream().answerNext(Endpoint.RISK, 1, WireMock.okJson(list(offset)));
		}
		ReplicaContext replica = replicas.add();
		replica.gateway().get(targets().getLast());
		targets().forEach((target) -> replica.gateway().get(target));
		List<Gateway.Response> responses = responses(replica);
		replicas.stop(replica);
		replicas.upstream().reset();
		return responses;
	}

	private static String list(int offset) {
		return IntStream.range(offset, Math.min(offset + 500, TOTAL))
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\"}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + TOTAL + ",\"items\":[", "]}"));
	}

	private static List<Gateway.Response> responses(ReplicaContext replica) {
		return targets().stream()
			.flatMap((target) -> Stream.of(replica.gateway().get(target),
					replica.gateway().get(target, "Accept-Encoding", "gzip")))
			.toList();
	}

	private static void assertSame(List<Gateway.Response> after, List<Gateway.Response> before,
			Consumer<Gateway.Response> more) {
		assertThat(after).hasSameSizeAs(before);
		for (int number = 0; number < before.size(); number++) {
			assertThat(after.get(number).status()).as(targets().get(number / 2)).isEqualTo(200);
			assertThat(after.get(number).body()).isEqualTo(before.get(number).body());
			for (String header : List.of("ETag", "Content-Type", "Content-Encoding", "Vary")) {
				assertThat(after.get(number).headers().get(header)).isEqualTo(before.get(number).headers().get(header));
			}
			more.accept(after.get(number));
		}
	}

	@Test
	void freshResponsesAfterARestartAreHitsOfTheSameBytesAndTheirAgeContinues() {
		List<Gateway.Response> before = warm();
		clock.advance(Duration.ofSeconds(100));

		ReplicaContext restarted = replicas.add();

		assertSame(responses(restarted), before, (response) -> {
			assertThat(response.header("Age")).isEqualTo("100");
			assertThat(response.header("Cache-Status")).isEqualTo("hypertracker-gateway; hit; ttl=200");
		});
		assertThat(before).anySatisfy((response) -> assertThat(response.header("Content-Encoding")).isEqualTo("gzip"));
		for (Endpoint endpoint : Endpoint.values()) {
			assertThat(replicas.upstream().calls(endpoint)).isZero();
		}
	}

	@Test
	void staleResponsesAfterARestartAreServedWhileTheUpstreamIsDown() {
		List<Gateway.Response> before = warm();
		clock.advance(Duration.ofHours(2));
		replicas.with("gateway.upstream.base-url", "http://127.0.0.1:" + LoopbackPorts.freePair());

		ReplicaContext restarted = replicas.add();

		assertSame(responses(restarted), before, (response) -> {
			assertThat(response.header("Age")).isEqualTo("7200");
			assertThat(response.header("Cache-Status")).contains("ttl=-6900; detail=");
		});
	}

	@Test
	void responseBehindItsStaleWindowIsNotServed() {
		warm();
		clock.advance(Duration.ofHours(25));
		replicas.with("gateway.upstream.base-url", "http://127.0.0.1:" + LoopbackPorts.freePair());

		assertThat(replicas.add().gateway().get(BTC).status()).isEqualTo(502);
	}

	@Test
	void purgeIsNotUndoneByARestart() {
		warm();
		ReplicaContext replica = replicas.add();
		clock.advance(Duration.ofSeconds(10));
		assertThat(replica.gateway().actuator("DELETE", "/gateway?coin=BTC").status()).isEqualTo(200);
		replicas.stop(replica);

		Gateway restarted = replicas.add().gateway();

		assertThat(restarted.get(BTC, "Cache-Control", "only-if-cached").header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=0; detail=only-if-cached");
		assertThat(restarted.get(BTC.replace("BTC", "ETH")).header("Cache-Status"))
			.isEqualTo("hypertracker-gateway; hit; ttl=290");
		restarted.get(BTC);
		Awaitility.await().until(() -> replicas.upstream().calls(Endpoint.HEATMAP) == 1);
	}

	@Test
	void rejectionIsForgottenByARestart() {
		replicas.upstream()
			.answer(Endpoint.HEATMAP, WireMock
				.jsonResponse("{\"statusCode\":404,\"message\":\"Not Found\",\"error\":\"Not Found\"}", 404));
		ReplicaContext replica = replicas.add();
		assertThat(replica.gateway().get(BTC).status()).isEqualTo(404);
		assertThat(replica.gateway().get(BTC).status()).isEqualTo(404);
		assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isOne();
		replicas.stop(replica);
		replicas.upstream().reset();

		assertThat(replicas.add().gateway().get(BTC).status()).isEqualTo(200);
	}

	@Test
	void gatewayWithADirectoryNamesItInItsConfiguration() {
		Gateway gateway = replicas.add().gateway();

		assertThat(gateway.actuator("/gateway").json().path("configuration").path("secondLevel").asString())
			.isEqualTo("disk");
	}

	@Test
	void hitInMemoryDoesNotTouchTheDirectory() {
		Gateway gateway = replicas.add().gateway();
		gateway.get(BTC);
		double before = lookups(gateway);
		List<Gateway.Response> hits = new ArrayList<>();
		for (int number = 0; number < 5; number++) {
			hits.add(gateway.get(BTC));
		}

		assertThat(hits).allSatisfy((hit) -> assertThat(hit.header("Cache-Status")).contains("; hit;"));
		assertThat(lookups(gateway)).isEqualTo(before);
	}

	private static double lookups(Gateway gateway) {
		return gateway.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line.startsWith("gateway_cache_directory_lookups_total"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

}
