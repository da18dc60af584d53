package io.htgateway.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
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
 * Tests a gateway that records into a folder.
 */
class RecordedHistoryIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/%s/liquidation-heatmap";

	private static final String RISK = "/api/external/5/assets/liquidation-risk";

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:30Z"));

	@TempDir
	private Path temporary;

	private Replicas replicas;

	@BeforeEach
	void upstreamWorks() {
		replicas = Replicas.alone(clock)
			.with("gateway.history.enabled", true)
			.with("gateway.history.location", temporary.resolve("history"));
	}

	@AfterEach
	void gatewaysEnd() {
		replicas.close();
	}

	@Test
	void eachDistinctBodyIsStoredOnceAtNoExtraCall() {
		Gateway gateway = replicas.add().gateway();

		Gateway.Response first = gateway.get(HEATMAP.formatted("btc"));
		awaitFiles("heatmap/BTC", 1);
		clock.advance(Duration.ofMinutes(6));
		gateway.get(HEATMAP.formatted("BTC"));
		awaitFiles("heatmap/BTC", 2);
		gateway.get(HEATMAP.formatted("BTC"));
		Gateway.Response cohort = gateway.get(RISK + "?limit=3");
		awaitFiles("risk/5", 1);

		List<Path> stored = files("heatmap/BTC");
		assertThat(stored).first()
			.asString()
			.endsWith("heatmap/BTC/2026/11/02/100000Z-" + first.header("ETag").replace("\"", "") + ".json.gz");
		assertThat(body(stored.getFirst())).isEqualTo(first.body());
		assertThat(cohort.status()).isEqualTo(200);
		assertThat(replicas.upstream().calls(Endpoint.HEATMAP)).isEqualTo(2);
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void aPageWithoutALimitIsStoredAsTheListThatItBegins() {
		Gateway gateway = replicas.add().gateway();

		Gateway.Response page = gateway.get(RISK);

		awaitFiles("risk/5", 1);
		assertThat(body(files("risk/5").getFirst())).isEqualTo(page.body());
		assertThat(replicas.upstream().calls(Endpoint.RISK)).isEqualTo(1);
	}

	@Test
	void fillsAndOtherPartsAreNotStored() {
		Gateway gateway = replicas.add().gateway();
		gateway.get("/api/external/fills/liquidation?limit=3");
		gateway.get(RISK + "?limit=500&offset=400");
		gateway.get(HEATMAP.formatted("xyz:MSTR"));

		awaitFiles("heatmap/xyz:MSTR", 1);
		awaitFiles("risk/5", 1);
		assertThat(temporary.resolve("history")).isDirectoryNotContaining("glob:**/fills");
	}

	@Test
	void whatIsInMemoryIsStoredWhenTheGatewayStops() {
		ReplicaContext replica = replicas.add();
		for (String coin : List.of("BTC", "ETH", "SOL", "HYPE", "DOGE")) {
			replica.gateway().get(HEATMAP.formatted(coin));
		}

		replicas.stop(replica);

		assertThat(files("heatmap")).hasSize(5);
	}

	@Test
	void theNextRunStoresWhatCouldNotBeStored() throws IOException {
		replicas.with("gateway.history.spool", temporary.resolve("spool"));
		ReplicaContext replica = replicas.add();
		Path blocked = temporary.resolve("history/heatmap");
		Files.writeString(blocked, "a file instead of a directory");
		Gateway.Response heatmap = replica.gateway().get(HEATMAP.formatted("BTC"));

		replicas.stop(replica);

		assertThat(stored(temporary.resolve("spool"))).hasSize(1);
		Files.delete(blocked);

		replicas.add();

		awaitFiles("heatmap/BTC", 1);
		assertThat(body(files("heatmap/BTC").getFirst())).isEqualTo(heatmap.body());
		Awaitility.await().until(() -> stored(temporary.resolve("spool")).isEmpty());
	}

	private void awaitFiles(String below, int count) {
		Awaitility.await().until(() -> files(below).size() == count);
	}

	private List<Path> files(String below) {
		return stored(temporary.resolve("history").resolve(below));
	}

	private static List<Path> stored(Path folder) {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(".gz")).sorted().toList();
		}
		catch (IOException | UncheckedIOException changing) {
			return List.of();
		}
	}

	private static byte[] body(Path file) {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
			return in.readAllBytes();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
