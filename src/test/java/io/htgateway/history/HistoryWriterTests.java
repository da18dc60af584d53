package io.htgateway.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.history.folder.FolderSnapshotStore;
import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotFormat;
import io.htgateway.history.store.Snapshots;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryWriterTests {

	private static final Instant START = Instant.parse("2026-11-27T05:30:00Z");

	private static final Series BTC = new Series("heatmap", "BTC");

	private final MutableClock clock = new MutableClock(START);

	@TempDir
	private Path folder;

	private UnreliableStore store;

	private Replica replica;

	@BeforeEach
	void storeWorks() throws IOException {
		store = new UnreliableStore(FolderSnapshotStore.of(folder));
		replica = new Replica(1_000_000);
	}

	@AfterEach
	void storeCloses() {
		store.release();
		store.close();
	}

	@Test
	void startStoresEachBodyUnderItsTime() {
		replica.receive(BTC, "a", START);
		replica.receive(BTC, "b", START.plusSeconds(1200));
		replica.receive(new Series("risk", "5"), "c", START);

		replica.storeAll();

		assertThat(replica.names(BTC)).satisfiesExactly(
				(first) -> assertThat(first).startsWith("heatmap/BTC/2026/11/27/053000Z-").endsWith(".json.gz"),
				(second) -> assertThat(second).startsWith("heatmap/BTC/2026/11/27/055000Z-"));
		assertThat(replica.names(new Series("risk", "5"))).hasSize(1);
	}

	@Test
	void startStoresABodyOnceWhenItIsReceivedAgain() {
		replica.receive(BTC, "a", START);
		replica.storeAll();
		replica.receive(BTC, "a", START.plusSeconds(300));
		replica.storeAll();

		assertThat(store.writes()).hasSize(1);
		assertThat(replica.health.knownCount().sum()).isEqualTo(1);
	}

	@Test
	void startStoresABodyAgainWhenAnotherOneWasBetween() {
		for (String body : List.of("a", "b", "a")) {
			clock.advance(Duration.ofMinutes(5));
			replica.receive(BTC, body, clock.instant());
		}
		replica.storeAll();

		assertThat(replica.names(BTC)).hasSize(3);
	}

	@Test
	void startStoresABodyOnceWhenAnotherReplicaStoredItLater() {
		Replica other = new Replica(1_000_000);
		other.receive(BTC, "a", START.plusSeconds(60));
		other.storeAll();
		replica.receive(BTC, "a", START);

		replica.storeAll();

		assertThat(store.writes()).hasSize(1);
	}

	@Test
	void startStoresABodyOnceAfterARestart() {
		replica.receive(BTC, "a", START);
		replica.storeAll();
		Replica restarted = new Replica(1_000_000);
		restarted.receive(BTC, "a", START.plus(Duration.ofDays(40)));

		restarted.storeAll();

		assertThat(store.writes()).hasSize(1);
	}

	@Test
	void startStoresBodiesInOrderWhenAnotherReplicaWasFaster() {
		Replica other = new Replica(1_000_000);
		other.receive(BTC, "c", START.plusSeconds(120));
		other.storeAll();
		replica.receive(BTC, "a", START);
		replica.receive(BTC, "b", START.plusSeconds(60));

		replica.storeAll();

		assertThat(replica.snapshots(BTC)).extracting(Snapshot::time)
			.containsExactly(START, START.plusSeconds(60), START.plusSeconds(120));
	}

	@Test
	void startGivesASecondBodyOfOneTimeTheTimeWhenItWasFetched() {
		clock.advance(Duration.ofMinutes(2));
		replica.receive(BTC, "a", START);
		clock.advance(Duration.ofMinutes(5));
		replica.receive(BTC, "b", START);
		replica.receive(BTC, "c", START);

		replica.storeAll();

		assertThat(replica.snapshots(BTC)).extracting(Snapshot::time)
			.containsExactly(START, START.plus(Duration.ofMinutes(7)),
					START.plus(Duration.ofMinutes(7)).plusSeconds(1));
	}

	@Test
	void startStoresABodyAfterThoseThatWereFetchedBeforeIt() {
		clock.advance(Duration.ofMinutes(20));
		replica.receive(BTC, "x", START);
		replica.storeAll();
		clock.advance(Duration.ofMinutes(2));
		replica.receive(BTC, "y", START);
		replica.storeAll();
		clock.advance(Duration.ofMinutes(3));
		replica.receive(BTC, "z", START.plus(Duration.ofMinutes(20)));
		replica.storeAll();

		assertThat(replica.snapshots(BTC)).extracting(Snapshot::etag)
			.containsExactlyElementsOf(Stream.of("x", "y", "z").map(HistoryWriterTests::etag).toList());
	}

	private static String etag(String body) {
		return CachedResponse
			.of(("{\"body\":\"" + body + "\"}").getBytes(StandardCharsets.UTF_8), "application/json",
					Origin.of(START, Duration.ZERO))
			.identity()
			.etag()
			.replace("\"", "");
	}

	@Test
	void startAttemptsNothingBeforeTheDelayAfterAFailure() {
		store.fail("write: no space left on the device");
		replica.receive(BTC, "a", START);
		replica.writer.start();
		store.fail(null);

		replica.writer.start();

		assertThat(replica.backlog.count()).isEqualTo(1);
		assertThat(replica.health.failuresInARow()).isEqualTo(1);

		clock.advance(Duration.ofSeconds(1));
		replica.storeAll();

		assertThat(replica.health.failuresInARow()).isZero();
		assertThat(replica.names(BTC)).hasSize(1);
	}

	@Test
	void startStoresEverythingAfterTheStoreWasDownForTenMinutes() {
		store.fail("write: connection refused");
		for (int minute = 0; minute < 10; minute++) {
			for (int key = 0; key < 30; key++) {
				replica.receive(new Series("heatmap", "COIN" + key), "body " + minute, clock.instant());
			}
			replica.writer.start();
			clock.advance(Duration.ofMinutes(1));
		}
		store.fail(null);

		replica.storeAll();

		assertThat(replica.health.lostCount().sum()).isZero();
		assertThat(store.writes()).hasSize(300).doesNotHaveDuplicates();
	}

	@Test
	void startWritesSeveralSeriesAtOnceWhenTheStoreIsSlow() {
		IntStream.range(0, 30).forEach((key) -> replica.receive(new Series("heatmap", "COIN" + key), "a", START));
		store.hold();

		replica.writer.start();
		replica.writer.start();
		store.release();
		replica.storeAll();

		assertThat(store.writes()).hasSize(30).doesNotHaveDuplicates();
	}

	@Test
	void addRejectsWhatExceedsTheBacklog() {
		Replica small = new Replica(600);

		assertThat(small.receive(BTC, "a", START)).isTrue();
		assertThat(small.receive(BTC, "a", START.plusSeconds(1))).isTrue();
		assertThat(small.receive(BTC, "b", START)).isTrue();
		assertThat(small.receive(BTC, "c", START)).isFalse();
		small.storeAll();
		assertThat(small.receive(BTC, "c", START)).isTrue();
	}

	@Test
	void applyRemovesSnapshotsThatAreOlderThanTheRetention() {
		Flux.range(0, 100)
			.map((day) -> new Snapshot(BTC, START.minus(Duration.ofDays(day)), "body" + day, SnapshotFormat.JSON, 1))
			.concatMap((snapshot) -> store.write(snapshot.name(), new byte[1]))
			.blockLast();
		Retention retention = new Retention(store, List.of("heatmap"), Duration.ofDays(90), replica.health, clock);

		retention.apply().block();

		assertThat(replica.snapshots(BTC)).hasSize(92)
			.first()
			.extracting(Snapshot::time)
			.isEqualTo(START.minus(Duration.ofDays(91)));
	}

	/**
	 * The writer of one replica.
	 */
	private final class Replica {

		private final HistoryHealth health = new HistoryHealth("test");

		private final Snapshots snapshots = new Snapshots(store);

		private final Backlog backlog;

		private final HistoryWriter writer;

		Replica(long maxBacklog) {
			this.backlog = new Backlog(maxBacklog);
			this.writer = new HistoryWriter(backlog, store, new Neighbours(snapshots), new Spool(null),
					SecondLevelCache.NONE, health, clock);
		}

		boolean receive(Series series, String body, Instant updatedAt) {
			Instant fetchedAt = updatedAt.isAfter(clock.instant()) ? updatedAt : clock.instant();
			CachedResponse response = CachedResponse.of(
					("{\"body\":\"" + body + "\"}").getBytes(StandardCharsets.UTF_8), "application/json",
					Origin.of(fetchedAt, Duration.ZERO).withUpdate(updatedAt));
			return backlog.add(PendingSnapshot.of(series, response, fetchedAt));
		}

		void storeAll() {
			Awaitility.await().until(() -> {
				clock.advance(Duration.ofMillis(1));
				writer.start();
				return backlog.count() == 0;
			});
		}

		List<Snapshot> snapshots(Series series) {
			return Objects.requireNonNull(snapshots.from(series, null, null, 7).collectList().block());
		}

		List<String> names(Series series) {
			return snapshots(series).stream().map(Snapshot::name).toList();
		}

	}

}
