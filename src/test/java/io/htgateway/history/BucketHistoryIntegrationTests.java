package io.htgateway.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.redis.RedisServer;
import io.htgateway.testing.replicas.Replica;
import io.htgateway.testing.replicas.ReplicaContext;
import io.htgateway.testing.replicas.Replicas;
import io.htgateway.testing.s3.AwsProperties;
import io.htgateway.testing.s3.S3Server;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests gateways that record into a bucket: a single one, and three that share a Redis.
 */
@Tag("replicas")
class BucketHistoryIntegrationTests {

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE", "xyz:MSTR");

	private static final Duration STATE = Duration.ofMinutes(6);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:30Z"));

	private final Map<String, Set<String>> served = new ConcurrentHashMap<>();

	private S3Server s3;

	private AwsProperties aws;

	private @Nullable Replicas started;

	@BeforeEach
	void storeWorks() {
		s3 = S3Server.start();
		aws = AwsProperties.set(s3.properties());
	}

	@AfterEach
	void everythingEnds() {
		s3.recover();
		if (started != null) {
			started.close();
		}
		aws.close();
		s3.close();
	}

	@Test
	void threeReplicasStoreEachDistinctBodyOnce() {
		startThree();

		for (int state = 0; state < 8; state++) {
			publishState();
			requestAll();
		}

		awaitStored();
		assertThat(s3.keys()).hasSizeGreaterThanOrEqualTo(8 * COINS.size() / 2);
	}

	@Test
	void threeReplicasStoreEachDistinctBodyOnceAfterTenMinutesWithoutTheStore() {
		startThree();
		requestAll();
		awaitStored();

		s3.down();
		for (int minute = 0; minute < 10; minute += 5) {
			publishState();
			requestAll();
		}
		Awaitility.await()
			.until(() -> replicas().all().stream().anyMatch((replica) -> health(replica).failuresInARow() > 0));
		s3.recover();

		awaitStored();
	}

	@Test
	void nothingIsLostWhenTheStoreIsFull() {
		start(Replicas.alone(clock), 1);
		s3.full();
		requestAll();
		clock.advance(STATE);
		requestAll();
		Awaitility.await().until(() -> health(replicas().all().getFirst()).failuresInARow() > 0);
		assertThat(s3.keys()).isEmpty();

		s3.recover();

		awaitStored();
	}

	@Test
	void callersDoNotWaitForASlowStore() {
		start(Replicas.alone(clock), 1);
		s3.slow(Duration.ofMillis(300));

		for (int state = 0; state < 3; state++) {
			clock.advance(STATE);
			requestAll();
		}

		assertThat(replicas().upstream().calls(Endpoint.HEATMAP)).isEqualTo(3 * COINS.size());
		awaitStored();
	}

	@Test
	void nothingIsLostAtSigtermWhenTheStoreIsSlow() {
		start(Replicas.alone(clock), 1);
		s3.slow(Duration.ofMillis(200));
		requestAll();

		replicas().stop(replicas().all().getFirst());

		assertEachIsStoredOnce();
	}

	@Test
	void theGatewayStartsAndServesWithoutTheStore() {
		s3.refuse(403, "AccessDenied");

		start(Replicas.alone(clock), 1);
		requestAll();
		Awaitility.await().until(() -> health(replicas().all().getFirst()).failuresInARow() > 0);

		s3.recover();

		awaitStored();
	}

	// Redis calculates ages by its own clock, so only the upstream uses the clock of the
	// test.
	private void startThree() {
		start(Replicas.before(clock, RedisServer.shared()), 3);
	}

	// Makes all stored responses stale.
	private void publishState() {
		clock.advance(STATE);
		Gateway.Response purge = replicas().gateway(0).actuator("DELETE", "/gateway?endpoint=heatmap");
		assertThat(purge.status()).isEqualTo(200);
	}

	private Replicas replicas() {
		return Objects.requireNonNull(started);
	}

	private void start(Replicas of, int count) {
		started = of.with("gateway.history.enabled", true)
			.with("gateway.history.location", s3.location("gateway"))
			.start(count);
	}

	// The first request for a stale response starts a refresh, the second gets its
	// result.
	private void requestAll() {
		requestEach();
		Awaitility.await()
			.until(() -> replicas().all().stream().allMatch((replica) -> cache(replica).loadsInFlight() == 0));
		requestEach();
	}

	// Requests all coins at the same time at all replicas, without a thread of the
	// workers
	// on which the replicas decompress files.
	private void requestEach() {
		Flux.fromIterable(replicas().gateways())
			.flatMap((gateway) -> Flux.fromIterable(COINS)
				.flatMap((coin) -> Mono.fromFuture(
						() -> gateway.send("GET", "/api/external/exports/coins/%s/liquidation-heatmap".formatted(coin)))
					.doOnNext((response) -> record(coin, response))))
			.blockLast();
	}

	private void record(String coin, Gateway.Response response) {
		assertThat(response.status()).isEqualTo(200);
		served.computeIfAbsent(coin, (any) -> ConcurrentHashMap.newKeySet())
			.add(response.header("ETag").replace("\"", ""));
	}

	// The delay after a failure ends only when the clock is advanced.
	private void awaitStored() {
		Awaitility.await().until(() -> {
			clock.advance(Duration.ofMillis(100));
			return replicas().all().stream().allMatch((replica) -> backlog(replica).count() == 0);
		});
		assertEachIsStoredOnce();
		assertThat(replicas().all()).allSatisfy((replica) -> assertThat(health(replica).lostCount().sum()).isZero());
	}

	private void assertEachIsStoredOnce() {
		Map<String, List<String>> stored = s3.keys()
			.stream()
			.collect(Collectors.groupingBy((key) -> key.split("/", -1)[2],
					Collectors.mapping((key) -> key.replaceAll(".*Z-|\\.json\\.gz", ""), Collectors.toList())));
		assertThat(stored.keySet()).isEqualTo(served.keySet());
		served
			.forEach((coin, etags) -> assertThat(stored.get(coin)).as(coin).containsExactlyInAnyOrderElementsOf(etags));
	}

	private static ResponseCache cache(Replica replica) {
		return ((ReplicaContext) replica).bean(ResponseCache.class);
	}

	private static Backlog backlog(Replica replica) {
		return ((ReplicaContext) replica).bean(Backlog.class);
	}

	private static HistoryHealth health(Replica replica) {
		return ((ReplicaContext) replica).bean(HistoryHealth.class);
	}

}
