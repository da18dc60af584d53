package io.htgateway.history.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotFormat;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.Snapshots;
import io.htgateway.testing.Heap;
import io.htgateway.testing.s3.AwsProperties;
import io.htgateway.testing.s3.S3Call;
import io.htgateway.testing.s3.S3Server;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a long history is listed page by page, with one page in memory at a time.
 */
class ManySnapshotsTests {

	private static final Series SERIES = new Series("heatmap", "BTC");

	private static final int ALL = 100_000;

	private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

	private static final Duration STEP = Duration.ofMinutes(5);

	@Test
	void listingOfManySnapshotsHoldsOnePage() {
		try (S3Server server = S3Server.start();
				AwsProperties _ = AwsProperties.set(server.properties());
				S3SnapshotStore store = S3SnapshotStore.of(S3Location.parse(server.location("")))) {
			server.pretend(keys());
			Snapshots snapshots = new Snapshots(store);
			AtomicLong listed = new AtomicLong();
			AtomicLong highest = new AtomicLong();
			long before = Heap.inUse();

			List<Snapshot> last = snapshots.from(SERIES, null, null, SnapshotStore.MAX_LIMIT).doOnNext((snapshot) -> {
				if (listed.incrementAndGet() % 20_000 == 0) {
					highest.accumulateAndGet(Heap.inUse(), Math::max);
				}
			}).takeLast(1).collectList().blockOptional(Duration.ofSeconds(60)).orElseThrow();

			assertThat(listed).hasValue(ALL);
			assertThat(last).extracting(Snapshot::time).containsExactly(FIRST.plus(STEP.multipliedBy(ALL - 1)));
			assertThat(server.calls(S3Call.LIST)).isBetween(ALL / SnapshotStore.MAX_LIMIT,
					ALL / SnapshotStore.MAX_LIMIT + 1);
			// All pages together take 13 MB.
			assertThat(highest.get() - before).isLessThan(8_000_000);
			assertThat(snapshots.at(SERIES, Instant.parse("2025-06-15T12:03:00Z")).map(Snapshot::time).block())
				.isEqualTo("2025-06-15T12:00:00Z");
			assertThat(server.calls(S3Call.LIST)).isLessThan(ALL / SnapshotStore.MAX_LIMIT + 7);
		}
	}

	private static NavigableSet<String> keys() {
		NavigableSet<String> keys = new TreeSet<>();
		IntStream.range(0, ALL)
			.mapToObj((number) -> new Snapshot(SERIES, FIRST.plus(STEP.multipliedBy(number)), "0123456789abcdef",
					SnapshotFormat.JSON, 1))
			.forEach((snapshot) -> keys.add(snapshot.name()));
		return keys;
	}

}
