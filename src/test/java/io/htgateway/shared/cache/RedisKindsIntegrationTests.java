package io.htgateway.shared.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.ops.account.RequestAccounts;
import io.htgateway.shared.SharedStore;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of all shared state with a Redis cluster, with a sentinel, and with the fewest
 * permissions.
 */
@Tag("replicas")
class RedisKindsIntegrationTests {

	private static final List<String> PERMISSIONS = List.of("-@all", "+hello", "+auth", "+client", "+eval", "+evalsha",
			"+subscribe", "+unsubscribe", "+publish", "+time", "+type", "+get", "+getrange", "+set", "+del", "+exists",
			"+expire", "+pexpire", "+pttl", "+hgetall", "+hmget", "+hset", "+hdel", "+zadd", "+zcard", "+zrange",
			"+zrangebyscore", "+zrem", "+zremrangebyscore", "+zremrangebyrank", "+xadd", "+xlen", "+xrange", "+xtrim");

	@Test
	void replicasShareAllInAClusterWithTheFewestPermissions() {
		try (RedisServer redis = RedisServer.startCluster();
				Replicas replicas = Replicas.on(redis)
					.with("spring.data.redis.cluster.nodes", "127.0.0.1:" + redis.port())) {
			limit(redis, replicas, "+cluster", "+info");
			assertAllIsShared(replicas.start(2), redis);
			assertThat(redis.texts("ACL", "LOG")).isEmpty();
		}
	}

	@Test
	void replicasShareAllBehindASentinel() {
		try (RedisServer redis = RedisServer.startWithSentinel("main");
				Replicas replicas = Replicas.on(redis)
					.with("spring.data.redis.sentinel.master", "main")
					.with("spring.data.redis.sentinel.nodes", "127.0.0.1:" + redis.secondPort())
					.with("spring.data.redis.port", 1)
					.with("gateway.stream.enabled", true)
					.start(2)) {
			assertAllIsShared(replicas, redis);
		}
	}

	@Test
	void replicasShareAllWithTheFewestPermissions() {
		try (RedisServer redis = RedisServer.start(); Replicas replicas = Replicas.on(redis)) {
			limit(redis, replicas);
			assertAllIsShared(replicas.start(2), redis);
			assertThat(redis.texts("ACL", "LOG")).isEmpty();
		}
	}

	private static void limit(RedisServer redis, Replicas replicas, String... more) {
		replicas.with("gateway.stream.enabled", true)
			.with("spring.data.redis.username", "gateway")
			.with("spring.data.redis.password", "secret-of-redis");
		Stream<String> user = Stream.of("ACL", "SETUSER", "gateway", "on", ">secret-of-redis", "resetchannels",
				"~" + replicas.prefix() + ":*", "&" + replicas.prefix() + ":*");
		redis.command(Stream.of(user, PERMISSIONS.stream(), Stream.of(more))
			.flatMap(Function.identity())
			.toArray(String[]::new));
	}

	private static void assertAllIsShared(Replicas replicas, RedisServer redis) {
		for (Replica replica : replicas.all()) {
			assertThat(((ReplicaContext) replica).bean(SharedStore.class).isAvailable()).isTrue();
		}
		String target = Targets.cohort(1);

		List<CompletableFuture<Gateway.Response>> cold = IntStream.range(0, 20)
			.mapToObj((number) -> replicas.gateway(number % 2).send("GET", target))
			.toList();

		assertThat(cold).allSatisfy((response) -> assertThat(response.join().status()).isEqualTo(200));
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isOne();
		assertThat(redis.number("HGET", replicas.prefix() + ":1:{budget}:ledger", "calls")).isOne();
		assertAccountIsShared(replicas);
		replicas.gateway(0).actuator("DELETE", "/gateway?cohort=1");
		Awaitility.await()
			.until(() -> replicas.gateway(1)
				.get(target, "Cache-Control", "only-if-cached")
				.header("Cache-Status")
				.contains("ttl=-"));
		assertStreamsAreShared(replicas, redis);
	}

	// The first poll follows a few seconds after somebody listens.
	private static void assertStreamsAreShared(Replicas replicas, RedisServer redis) {
		String head = replicas.prefix() + ":1:{stream}:head";
		URI stream = URI.create("http://127.0.0.1:" + replicas.gateway(0).port() + "/api/stream/fills/liquidation");
		try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			InputStream open = client.sendAsync(HttpRequest.newBuilder(stream).build(), BodyHandlers.ofInputStream())
				.join()
				.body();
			Awaitility.await()
				.until(() -> redis.texts("HMGET", head, "version", "begun").getLast().isEmpty()
						&& replicas.upstream().calls(Endpoint.FILLS) == 1);
			open.close();
			client.shutdownNow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertAccountIsShared(Replicas replicas) {
		for (Replica replica : replicas.all()) {
			((ReplicaContext) replica).bean(RequestAccounts.class).add().block();
		}
		for (int replica = 0; replica < 2; replica++) {
			JsonNode account = replicas.gateway(replica).actuator("/gateway/accounts").json();
			assertThat(account.path("requests").asLong()).isEqualTo(20);
			assertThat(account.path("lines")
				.valueStream()
				.filter((line) -> line.path("endpoint").asString().equals("risk"))).singleElement()
				.satisfies((line) -> assertThat(line.path("calls").asLong()).isOne());
		}
	}

}
