package io.htgateway.history.store;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every {@link SnapshotStore} passes: of its operations, and of the queries of
 * {@link Snapshots} on it.
 */
public abstract class SnapshotStoreContract extends StoredObjectsContract {

	private static final Series SERIES = new Series("heatmap", "xyz:MSTR");

	@Test
	void newestSnapshotIsAtOrBeforeTheTime() {
		put("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-31T12:00:00Z", "2026-03-01T00:30:00Z");

		assertThat(at("2025-12-31T23:59:58Z")).isNull();
		assertThat(at("2025-12-31T23:59:59Z")).isEqualTo("2025-12-31T23:59:59Z");
		assertThat(at("2025-12-31T23:59:59.999Z")).isEqualTo("2025-12-31T23:59:59Z");
		assertThat(at("2026-01-01T00:00:00Z")).isEqualTo("2026-01-01T00:00:00Z");
		assertThat(at("2026-01-31T11:59:59Z")).isEqualTo("2026-01-01T00:00:00Z");
		assertThat(at("2026-02-28T23:00:00Z")).isEqualTo("2026-01-31T12:00:00Z");
		assertThat(at("2026-03-01T00:29:59Z")).isEqualTo("2026-01-31T12:00:00Z");
		assertThat(at("2026-03-01T00:30:00Z")).isEqualTo("2026-03-01T00:30:00Z");
		assertThat(at("2031-01-01T00:00:00Z")).isEqualTo("2026-03-01T00:30:00Z");
	}

	@Test
	void newestSnapshotIsFoundAmongObjectsOfOthers() {
		put("2026-03-01T00:30:00Z");
		write("heatmap/xyz:MSTR/2026/03/02/readme.txt", "heatmap/xyz:MSTR/2026/04/x", "heatmap/xyz:MSTR/2027/x/y/z",
				"heatmap/xyz:MSTR/2026/03/01/003100Z-a.json.gz.bak", "heatmap/xyz:MSTR/2026/13/45/003100Z-a.json.gz",
				"heatmap/xyz:MSTR/notes/2026/03/01/003100Z-a.json.gz",
				"heatmap/xyz:MSTR2/2026/03/01/003100Z-a.json.gz");

		assertThat(at("2030-01-01T00:00:00Z")).isEqualTo("2026-03-01T00:30:00Z");
		assertThat(from(null, 2)).containsExactly("2026-03-01T00:30:00Z");
	}

	@Test
	void newestOfManySnapshotsOfOneDayIsFound() {
		Instant first = Instant.parse("2026-03-01T00:00:00Z");
		put(IntStream.range(0, 1_100).mapToObj((number) -> first.plusSeconds(number * 60L)).toArray(Instant[]::new));

		assertThat(at("2026-03-01T23:59:59Z")).isEqualTo("2026-03-01T18:19:00Z");
		assertThat(at("2026-03-01T18:00:59Z")).isEqualTo("2026-03-01T18:00:00Z");
	}

	@Test
	void snapshotsOfRangeAreInOrderAcrossDaysMonthsAndYears() {
		List<String> all = List.of("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z",
				"2026-01-31T12:00:00Z", "2026-02-01T00:00:00Z", "2026-10-01T00:00:00Z");
		put(all.reversed().toArray(String[]::new));

		for (int pageSize : new int[] { 1, 2, 3, 5, 6, 7, SnapshotStore.MAX_LIMIT }) {
			assertThat(from(null, pageSize)).as("pages of %d", pageSize).isEqualTo(all);
		}
		assertThat(from("2026-01-01T00:00:00Z", 2)).isEqualTo(all.subList(1, 6));
		assertThat(from("2026-01-01T00:00:00.001Z", 2)).isEqualTo(all.subList(2, 6));
		assertThat(from("2026-10-01T00:00:01Z", 2)).isEmpty();
	}

	@Test
	void snapshotsOfRangeContinueAfterSnapshot() {
		put("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-31T12:00:00Z");
		Snapshots snapshots = new Snapshots(store());

		Snapshot second = run(snapshots.from(SERIES, null, null, 1).elementAt(1));

		assertThat(run(snapshots.from(SERIES, null, second, 1).collectList())).hasSize(1);
		assertThat(run(snapshots.from(SERIES, Instant.parse("2026-02-01T00:00:00Z"), second, 1).hasElements()))
			.isFalse();
	}

	@Test
	void pagesOfObjectsOfOthersAreSkipped() {
		put("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z");
		write(IntStream.range(0, 9)
			.mapToObj((number) -> "heatmap/xyz:MSTR/2026/01/02/other-" + number)
			.toArray(String[]::new));

		assertThat(from(null, 2)).containsExactly("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z");
	}

	@Test
	void snapshotsOfOneSecondAreAllListed() {
		Instant time = Instant.parse("2026-01-01T00:00:00Z");
		write(snapshot(time, "a").name(), snapshot(time, "b").name());

		assertThat(from(null, 1)).hasSize(2);
		assertThat(at("2026-01-01T00:00:00Z")).isEqualTo("2026-01-01T00:00:00Z");
	}

	private void put(String... times) {
		put(List.of(times).stream().map(Instant::parse).toArray(Instant[]::new));
	}

	private void put(Instant... times) {
		writeMany(List.of(times).stream().map((time) -> snapshot(time, "etag").name()).toList());
	}

	private static Snapshot snapshot(Instant time, String etag) {
		return new Snapshot(SERIES, time, etag, SnapshotFormat.JSON, 1);
	}

	private @Nullable String at(String time) {
		return run(
				new Snapshots(store()).at(SERIES, Instant.parse(time)).map((snapshot) -> snapshot.time().toString()));
	}

	private List<String> from(@Nullable String from, int pageSize) {
		return run(new Snapshots(store()).from(SERIES, (from != null) ? Instant.parse(from) : null, null, pageSize)
			.map((snapshot) -> snapshot.time().toString())
			.collectList());
	}

}
