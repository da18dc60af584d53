package io.htgateway.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.LoopbackPorts;
import io.htgateway.testing.replicas.AotCache;
import io.htgateway.testing.replicas.ReplicaProcess;
import io.htgateway.testing.replicas.Replicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a gateway with a cache directory 50 times under load, by SIGKILL and by SIGTERM.
 */
@Tag("faults")
class KilledGatewayIntegrationTests {

	private static final int RESTARTS = 50;

	private static final int CLIENTS = 3;

	private static final int SEGMENTS = 16;

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE", "XRP", "BNB", "ADA", "AVAX",
			"LINK", "LTC", "SUI", "ENA", "FARTCOIN", "PUMP", "ZEC", "AAVE", "ARB", "WIF", "TAO", "NEAR", "UNI", "TRUMP",
			"cash:HOOD", "flx:GOLD");

	@TempDir
	private Path temporary;

	/**
	 * The response of each target that was stored, by target.
	 */
	private final Map<String, Gateway.Response> stored = new ConcurrentHashMap<>();

	private final Queue<String> damaged = new ConcurrentLinkedQueue<>();

	@Test
	void restartsUnderLoadDamageNoAnswerAndCostNoCallForWhatWasFresh() {
		try (Replicas replicas = Replicas.alone()
			.with("gateway.cache.directory", temporary.resolve("cache"))
			.with("gateway.cache.directory-max-size", "100MB")
			.with("gateway.fills.ttl", "2h")
			.with("gateway.heatmap.ttl", "2h")
			.with("gateway.risk.ttl", "2h")) {
			AotCache cache = AotCache.create(temporary, replicas);
			Object working = replicas.upstream().apiBaseUrl();
			for (int restart = 0; restart < RESTARTS; restart++) {
				boolean down = restart % 2 == 1;
				replicas.with("gateway.upstream.base-url",
						down ? "http://127.0.0.1:" + LoopbackPorts.freePair() : working);
				run(replicas.addProcess(cache.options("-Dreactor.netty.ioShutdownQuietPeriod=0")), restart, down);
			}

			assertThat(damaged).isEmpty();
			assertThat(calls(replicas, Endpoint.HEATMAP)).hasSameSizeAs(COINS).doesNotHaveDuplicates();
			assertThat(calls(replicas, Endpoint.RISK)).hasSize(SEGMENTS).doesNotHaveDuplicates();
		}
	}

	private static List<String> calls(Replicas replicas, Endpoint endpoint) {
		return replicas.upstream().requests(endpoint).stream().map((request) -> request.getUrl()).toList();
	}

	private void run(ReplicaProcess process, int restart, boolean down) {
		Gateway gateway = process.gateway();
		try {
			stored.keySet().forEach((target) -> check(target, gateway.get(target)));
			List<CompletableFuture<Void>> load = load(gateway, restart, down);
			if (!down) {
				int segment = restart / 2 % SEGMENTS + 1;
				String coin = COINS.get(restart / 2);
				store(gateway, "/api/external/exports/coins/%s/liquidation-heatmap".formatted(coin), "heatmap/" + coin);
				store(gateway, "/api/external/%s/assets/liquidation-risk?limit=%s".formatted(segment, 20 + restart),
						"risk/" + segment);
			}
			end(process, restart % 4 < 2);
			load.forEach(CompletableFuture::join);
			assertThat(process.output()).doesNotContain("Cache directory", "Responses lost");
		}
		finally {
			process.close();
		}
	}

	// A response is written after it was sent.
	private void store(Gateway gateway, String target, String key) {
		Gateway.Response response = gateway.get(target);
		assertThat(response.status()).isEqualTo(200);
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> isWritten(key));
		stored.put(target, response);
	}

	private boolean isWritten(String key) throws IOException {
		try (Stream<Path> files = Files.list(temporary.resolve("cache"))) {
			return files.filter((file) -> file.toString().endsWith(".response"))
				.anyMatch((file) -> text(file).contains("\0" + (char) key.length() + key));
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException removed) {
			return "";
		}
	}

	private void check(String target, Gateway.Response response) {
		Gateway.Response before = stored.get(target);
		if (before != null && !(response.status() == 200 && response.header("Cache-Status").contains("; hit; ttl=")
				&& Arrays.equals(response.body(), before.body())
				&& response.header("ETag").equals(before.header("ETag")))) {
			damaged.add(target + ": " + response.everything());
		}
	}

	private List<CompletableFuture<Void>> load(Gateway gateway, int restart, boolean down) {
		return IntStream.range(0, CLIENTS)
			.mapToObj((client) -> CompletableFuture.runAsync(() -> request(gateway, restart, client, down),
					Thread::startVirtualThread))
			.toList();
	}

	// Until the gateway ends.
	private void request(Gateway gateway, int restart, int client, boolean down) {
		List<String> targets = new ArrayList<>(stored.keySet());
		for (int number = 0;; number++) {
			String target = (down || number % 3 > 0) && !targets.isEmpty() ? targets.get(number % targets.size())
					: "/api/external/fills/liquidation?coin=T%sX%s&limit=%s".formatted(restart, client,
							number % 1000 + 1);
			try {
				check(target, gateway.get(target));
			}
			catch (CompletionException ended) {
				return;
			}
		}
	}

	private static void end(ReplicaProcess process, boolean kill) {
		if (kill) {
			process.kill();
		}
		else {
			process.stop();
		}
	}

}
