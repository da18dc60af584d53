package io.htgateway.shared.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisRoute;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of lists of cohorts that replicas share in parts.
 */
@Tag("replicas")
class SharedListIntegrationTests {

	private static final RedisServer REDIS = RedisServer.shared();

	private static final int TOTAL = 1203;

	/**
	 * Reply to the first command of each write: the time of Redis, in 13 digits.
	 */
	private static final String TIME = "$13\r\n1";

	private static Replicas replicas;

	@BeforeAll
	static void twoReplicasRun() {
		replicas = Replicas.on(REDIS).start(2);
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
	@CsvSource({ "1, ?cohort=1", "2, ?endpoint=risk" })
	void tailWhenAnotherReplicaHasLoadedTheSameHeadAgainIsOfTheNewLoadEverywhere(int segment, String purge) {
		String tail = path(segment, "?offset=600&limit=2");
		answer("old", 0);
		answer("old", 500);
		assertThat(replicas.gateway(0).get(tail).text()).isEqualTo(body("old", 600, 2));
		Awaitility.await()
			.until(() -> replicas.gateway(1).get(tail, "Cache-Control", "only-if-cached").status() == 200);

		replicas.gateway(0).actuator("DELETE", "/gateway" + purge);
		Awaitility.await().until(() -> isStale(replicas.gateway(1).get(tail, "Cache-Control", "only-if-cached")));
		answer("new", 0);
		answer("new", 500);

		replicas.gateway(1).get(path(segment, "?limit=1"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(replicas.gateway(1).get(tail).text()).isEqualTo(body("new", 600, 2)));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(replicas.gateway(0).get(tail).text()).isEqualTo(body("new", 600, 2)));
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(4);
		Gateway.Response afterRestart = replicas.add().gateway().get(tail);
		assertThat(afterRestart.text()).isEqualTo(body("new", 600, 2));
		assertThat(afterRestart.header("ETag")).isEqualTo(replicas.gateway(1).get(tail).header("ETag"));
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource({ "4, ?limit=1, 1", "6, ?offset=600&limit=2, 2" })
	void listWhenItsWriteToRedisIsLateIsTheSameAtTheOtherReplica(int segment, String query, int writes)
			throws IOException {
		String tail = path(segment, "?offset=600&limit=2");
		try (RedisRoute route = RedisRoute.to(REDIS)) {
			ReplicaContext first = replicas.with("spring.data.redis.port", route.port()).add();
			replicas.with("spring.data.redis.port", REDIS.port());
			answer("one", 0);
			answer("one", 500);
			route.holdBack(writes, TIME, Duration.ofMillis(300));

			assertThat(first.gateway().get(path(segment, query)).status()).isEqualTo(200);
			Gateway.Response there = replicas.gateway(1).get(tail);

			assertThat(there.text()).isEqualTo(body("one", 600, 2));
			assertThat(route.toHoldBack()).isZero();
			assertThat(first.gateway().get(tail).header("ETag")).isEqualTo(there.header("ETag"));
			assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(2);
			replicas.stop(first);
		}
	}

	@Test
	void tailWhenItIsReadAtAnotherReplicaIsReloadedWithTheHead() {
		String tail = path(3, "?offset=600&limit=2");
		String head = path(3, "?limit=1");
		answer("0", 0);
		answer("0", 500);
		replicas.gateway(0).get(tail);

		for (int state = 1; state <= 2; state++) {
			int known = state;
			Awaitility.await()
				.until(() -> REDIS.texts("KEYS", replicas.prefix() + ":1:{risk/3/requested/*").size() == known);
			expire(3, head);
			reload(Integer.toString(state), head, 2);

			Awaitility.await()
				.untilAsserted(() -> assertThat(replicas.gateway(0).get(tail).text())
					.isEqualTo(body(Integer.toString(known), 600, 2)));
			assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(2);
		}
		expire(3, head);
		reload("3", head, 2);
		expire(3, head);
		reload("4", head, 1);
	}

	private void expire(int segment, String head) {
		replicas.gateway(1).actuator("DELETE", "/gateway?cohort=" + segment);
		for (Gateway gateway : replicas.gateways()) {
			Awaitility.await().until(() -> isStale(gateway.get(head, "Cache-Control", "only-if-cached")));
		}
	}

	private void reload(String state, String head, int calls) {
		replicas.upstream().reset();
		answer(state, 0);
		answer(state, 500);
		Awaitility.await().until(() -> !isStale(replicas.gateway(1).get(head)));
		Awaitility.await().until(() -> replicas.upstream().calls(Endpoint.RISK) >= calls);
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(calls);
	}

	@Test
	void pageWhenAnotherReplicaKnowsTheSizeOfPagesIsCutFromTheListUntilThatIsPurged() {
		List<CompletableFuture<Gateway.Response>> cold = IntStream.range(0, 20)
			.mapToObj((number) -> replicas.gateway(number % 2).send("GET", path(8, "")))
			.toList();

		assertThat(cold).allSatisfy((response) -> assertThat(response.join().body()).isEqualTo(page(8, 0)));
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isOne();
		assertThat(replicas.gateway(1).get(path(9, "?offset=7")).body()).isEqualTo(page(9, 7));
		assertThat(replicas.add().gateway().get(path(10, "?offset=7")).body()).isEqualTo(page(10, 7));
		assertThat(replicas.upstream().requests(Endpoint.RISK)).extracting((request) -> request.getUrl())
			.containsExactly(path(8, ""), path(9, "?offset=0&limit=500"), path(10, "?offset=0&limit=500"));

		replicas.gateway(0).actuator("DELETE", "/gateway?endpoint=risk");
		Awaitility.await()
			.until(() -> isStale(replicas.gateway(1).get(path(9, "?limit=1"), "Cache-Control", "only-if-cached")));
		replicas.upstream().reset();
		assertThat(replicas.gateway(1).get(path(13, "?offset=7")).body()).isEqualTo(page(13, 7));
		assertThat(replicas.add().gateway().get(path(14, "?offset=7")).body()).isEqualTo(page(14, 7));
		assertThat(replicas.upstream().requests(Endpoint.RISK)).extracting((request) -> request.getUrl())
			.containsExactly(path(13, ""), path(13, "?offset=0&limit=500"), path(14, "?offset=0&limit=500"));
	}

	private static byte[] page(int segment, int offset) {
		return replicas.upstream().riskBody(segment, offset, 100);
	}

	private static boolean isStale(Gateway.Response response) {
		return response.header("Cache-Status").contains("ttl=-");
	}

	private static void answer(String state, int offset) {
		replicas.upstream().answerNext(Endpoint.RISK, 1, WireMock.okJson(body(state, offset, 500)));
	}

	private static String body(String state, int offset, int limit) {
		return IntStream.range(offset, Math.min(offset + limit, TOTAL))
			.mapToObj((item) -> "{\"coin\":\"C" + item + "\",\"of\":\"" + ((item < 500) ? "all" : state) + "\"}")
			.collect(Collectors.joining(",", "{\"totalCount\":" + TOTAL + ",\"items\":[", "]}"));
	}

	private static String path(int segment, String query) {
		return "/api/external/" + segment + "/assets/liquidation-risk" + query;
	}

}
