package io.htgateway.shared.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of responses that one replica has loaded and others serve.
 */
@Tag("replicas")
class SharedResponseIntegrationTests {

	private static final RedisServer REDIS = RedisServer.shared();

	private static Replicas replicas;

	@BeforeAll
	static void twoReplicasRun() {
		replicas = Replicas.on(REDIS).with("gateway.heatmap.ttl", "1s").start(2);
	}

	@AfterAll
	static void replicasEnd() {
		replicas.close();
	}

	@BeforeEach
	void upstreamWorks() {
		replicas.upstream().reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/external/1/assets/liquidation-risk?offset=3&limit=7",
			"/api/external/1/assets/liquidation-risk", "/api/external/fills/liquidation?limit=3&coin=BTC" })
	void getWhenAnotherReplicaHasLoadedIsHitOfTheSameBytes(String target) {
		Gateway.Response loaded = replicas.gateway(0).get(target);
		awaitShared(target);

		Gateway.Response found = replicas.gateway(1).get(target);

		assertThat(found.status()).isEqualTo(200);
		assertThat(found.body()).isEqualTo(loaded.body());
		assertThat(found.header("Cache-Status")).contains("; hit; ");
		assertThat(found.header("ETag")).isEqualTo(loaded.header("ETag"));
		assertThat(found.header("Content-Type")).isEqualTo(loaded.header("Content-Type"));
		assertThat(Targets.calls(replicas.upstream())).isEqualTo(1);
	}

	@Test
	void getWhenReplicaIsNewAndUpstreamFailsIsStaleOfAnother() {
		String target = Targets.heatmap("BTC");
		Gateway.Response loaded = replicas.gateway(0).get(target, "Accept-Encoding", "gzip");
		awaitShared(target);
		replicas.upstream().answer(Endpoint.HEATMAP, WireMock.serverError());
		awaitStale(target);

		Gateway.Response found = replicas.add().gateway().get(target, "Accept-Encoding", "gzip");

		assertThat(found.status()).isEqualTo(200);
		assertThat(found.header("Cache-Status")).contains("ttl=-");
		assertThat(found.body()).isEqualTo(loaded.body());
		assertThat(found.header("ETag")).isEqualTo(loaded.header("ETag"));
		assertThat(found.header("Last-Modified")).isEqualTo(loaded.header("Last-Modified"));
	}

	@Test
	void getWhenStoredValueIsForeignOrDamagedIsMiss() {
		replicas.gateway(0).get(Targets.cohort(2));
		awaitShared(Targets.cohort(2));
		byte[] good = (byte[]) Objects.requireNonNull(REDIS.command("GET", key(2)));
		List<byte[]> values = List.of(new byte[0], new byte[100], "{\"items\":[]}".getBytes(StandardCharsets.UTF_8),
				Arrays.copyOf(good, good.length - 1), flipped(good, good.length / 2), flipped(good, 11));

		for (int number = 0; number < values.size(); number++) {
			int segment = 3 + number;
			REDIS.command(List.of("SET".getBytes(StandardCharsets.UTF_8), key(segment).getBytes(StandardCharsets.UTF_8),
					values.get(number)));
			assertMissIsStored(segment);
		}
	}

	@Test
	void getWhenStoredValueIsNoStringIsMiss() {
		REDIS.command("LPUSH", key(9), "a list");

		assertMissIsStored(9);
	}

	@Test
	void purgeAtOneReplicaAppliesToTheOthersAndToNewOnes() {
		String target = Targets.cohort(12);
		replicas.gateway(0).get(target);
		awaitShared(target);
		assertThat(ttl(replicas.gateway(1).get(target))).isPositive();

		replicas.gateway(0).actuator("DELETE", "/gateway?cohort=12");

		Awaitility.await().until(() -> ttl(replicas.gateway(1).get(target, "Cache-Control", "only-if-cached")) <= 0);
		Gateway later = replicas.add().gateway();
		assertThat(ttl(later.get(target, "Cache-Control", "only-if-cached"))).isNotPositive();
		assertThat(Targets.calls(replicas.upstream())).isEqualTo(1);
	}

	private static int ttl(Gateway.Response response) {
		return Integer.parseInt(response.header("Cache-Status").replaceAll(".*; ttl=(-?\\d+).*", "$1"));
	}

	private static void assertMissIsStored(int segment) {
		Gateway.Response loaded = replicas.gateway(0).get(Targets.cohort(segment));

		assertThat(loaded.header("Cache-Status")).contains("; fwd=uri-miss; stored");
		awaitShared(Targets.cohort(segment));
		assertThat(replicas.gateway(1).get(Targets.cohort(segment)).body()).isEqualTo(loaded.body());
	}

	private static String key(int segment) {
		return replicas.prefix() + ":1:{risk/" + segment + "}:response";
	}

	private static byte[] flipped(byte[] bytes, int at) {
		byte[] flipped = bytes.clone();
		flipped[at] ^= 1;
		return flipped;
	}

	private static void awaitShared(String target) {
		Awaitility.await()
			.until(() -> replicas.gateway(1).get(target, "Cache-Control", "only-if-cached").status() == 200);
	}

	private static void awaitStale(String target) {
		Awaitility.await().until(() -> replicas.gateway(0).get(target).header("Cache-Status").contains("ttl=-"));
	}

}
