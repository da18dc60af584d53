package io.htgateway.history.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of the operations of a {@link SnapshotStore}. Each operation starts on a thread
 * that must not block.
 */
public abstract class StoredObjectsContract {

	private static final int MAX = 8 * 1024 * 1024;

	private static final int CONCURRENT = 16;

	/**
	 * Returns the store, which is empty when a test begins.
	 */
	protected abstract SnapshotStore store();

	@Test
	void listIsInOrderOfBytesWhereNamesHaveSignsBelowAndAboveSlash() {
		write("p/a/1", "p/a-b/1", "p/a.b/1", "p/a0/1", "p/A/1", "p/a:b/1", "p/a~b/1", "p/a_b/1", "p/1", "p/a-");

		assertThat(names("p/", "", 100)).containsExactly("p/1", "p/A/1", "p/a-", "p/a-b/1", "p/a.b/1", "p/a/1",
				"p/a0/1", "p/a:b/1", "p/a_b/1", "p/a~b/1");
	}

	@Test
	void listHasOnlyObjectsWithThePrefixAndTheirSizes() {
		run(store().write("p/b/1", new byte[3]));
		run(store().write("p/b-c/2", new byte[4]));
		run(store().write("o/b/3", new byte[5]));
		run(store().write("p/b/4", new byte[0]));

		assertThat(run(store().list("p/b/", "", 100))).containsExactly(new StoredObject("p/b/1", 3),
				new StoredObject("p/b/4", 0));
		assertThat(run(store().list("p/", "", 100))).hasSize(3);
		assertThat(run(store().list("absent/", "", 100))).isEmpty();
		assertThat(run(store().list("p/b/1/", "", 100))).isEmpty();
	}

	@Test
	void listBeginsAfterNameOrPartOfName() {
		write("p/1/a", "p/1/b", "p/1/c", "p/2/a", "p/3");

		assertThat(names("p/", "p/1/b", 100)).containsExactly("p/1/c", "p/2/a", "p/3");
		assertThat(names("p/", "p/1/bb", 100)).containsExactly("p/1/c", "p/2/a", "p/3");
		assertThat(names("p/", "p/1/", 100)).hasSize(5);
		assertThat(names("p/", "p/1", 100)).hasSize(5);
		assertThat(names("p/", "p/2", 100)).containsExactly("p/2/a", "p/3");
		assertThat(names("p/", "p/1~", 100)).containsExactly("p/2/a", "p/3");
		assertThat(names("p/", "p/", 100)).hasSize(5);
		assertThat(names("p/", "p/3", 100)).isEmpty();
		assertThat(names("p/1/", "p/1/b", 100)).containsExactly("p/1/c");
	}

	@Test
	void listEndsAtLimitAndContinuesAfterIt() {
		write("p/1/a", "p/1/b", "p/1/c", "p/2/a", "p/3");

		assertThat(names("p/", "", 1)).containsExactly("p/1/a");
		assertThat(names("p/", "", 4)).containsExactly("p/1/a", "p/1/b", "p/1/c", "p/2/a");
		assertThat(names("p/", "", 5)).hasSize(5);
		assertThat(names("p/", "p/1/a", 2)).containsExactly("p/1/b", "p/1/c");
		assertThat(names("p/", "p/2/a", 2)).containsExactly("p/3");
	}

	@Test
	void pagesOfListingHaveEveryObjectOnce() {
		List<String> all = IntStream.range(0, 2_100).mapToObj("p/%06d/x"::formatted).toList();
		writeMany(all);

		List<String> first = names("p/", "", SnapshotStore.MAX_LIMIT);
		List<String> second = names("p/", first.getLast(), SnapshotStore.MAX_LIMIT);
		List<String> third = names("p/", second.getLast(), SnapshotStore.MAX_LIMIT);

		assertThat(first).hasSize(1_000);
		assertThat(second).hasSize(1_000);
		assertThat(Flux.just(first, second, third).flatMapIterable((page) -> page).collectList().block())
			.isEqualTo(all);
	}

	@Test
	void foldersAreTheNextPartsOfNames() {
		write("a/1/x", "a/1/y", "a/2/z/x", "a/0", "b/3/x", "a-b/4/x", "top");

		assertThat(run(store().folders(""))).containsExactly("a", "a-b", "b");
		assertThat(run(store().folders("a/"))).containsExactly("1", "2");
		assertThat(run(store().folders("a/2/"))).containsExactly("z");
		assertThat(run(store().folders("a/1/"))).isEmpty();
		assertThat(run(store().folders("absent/"))).isEmpty();
	}

	@Test
	void foldersAreAllThereIfTheyAreMoreThanOnePage() {
		List<String> all = IntStream.range(0, 1_100).mapToObj("%06d"::formatted).toList();
		writeMany(all.stream().map((folder) -> "p/" + folder + "/x").toList());

		assertThat(run(store().folders("p/"))).isEqualTo(all);
	}

	@Test
	void contentIsReadAsWritten() {
		byte[] bytes = new byte[256];
		IntStream.range(0, bytes.length).forEach((index) -> bytes[index] = (byte) index);

		run(store().write("p/x", bytes));
		run(store().write("p/empty", new byte[0]));

		assertThat(run(store().read("p/x", bytes.length))).isEqualTo(bytes);
		assertThat(run(store().read("p/empty", 0))).isEmpty();
	}

	@Test
	void contentOfAbsentObjectIsEmpty() {
		write("p/x/y");

		assertThat(store().read("p/z", MAX).blockOptional()).isEmpty();
		assertThat(store().read("p/x", MAX).blockOptional()).isEmpty();
		assertThat(store().read("absent/z", MAX).blockOptional()).isEmpty();
	}

	@Test
	void contentLargerThanMaximumFails() {
		run(store().write("p/x", new byte[100_001]));

		assertThatThrownBy(() -> run(store().read("p/x", 100_000))).isInstanceOf(SnapshotStoreException.class)
			.hasMessageContaining("100000");
		assertThat(run(store().read("p/x", 100_001))).hasSize(100_001);
	}

	@Test
	void writeReplacesObjectOfTheSameName() {
		run(store().write("p/x", new byte[] { 1, 2, 3 }));
		run(store().write("p/x", new byte[] { 4 }));

		assertThat(run(store().read("p/x", MAX))).containsExactly(4);
		assertThat(run(store().list("p/", "", 10))).containsExactly(new StoredObject("p/x", 1));
	}

	@Test
	void readersSeeWholeObjectsWhileItIsReplaced() {
		run(store().write("p/x", filled(0)));

		Mono<Void> writes = Flux.range(1, 20).concatMap((number) -> store().write("p/x", filled(number))).then();
		List<byte[]> read = run(Flux.range(0, 40)
			.concatMap((number) -> store().read("p/x", MAX))
			.collectList()
			.zipWith(writes.thenReturn(true))).getT1();

		assertThat(read).hasSize(40).allSatisfy((bytes) -> assertThat(bytes).isEqualTo(filled(bytes[0])));
		assertThat(run(store().list("p/", "", 10))).hasSize(1);
	}

	@Test
	void nothingIsWrittenBeforeSubscription() {
		Mono<Void> write = store().write("p/x", new byte[1]);
		assertThat(names("p/", "", 10)).isEmpty();

		run(write);
		run(store().remove(List.of("p/x")));
		run(write);

		assertThat(names("p/", "", 10)).containsExactly("p/x");
	}

	@Test
	void cancelledOperationsLeaveWholeObjectsAndStoreWorking() {
		byte[] content = filled(7);
		IntStream.range(0, 20).forEach((number) -> {
			store().write("p/" + number, content).subscribe().dispose();
			store().read("p/" + number, MAX).subscribe().dispose();
			store().list("p/", "", 10).subscribe().dispose();
			store().folders("p/").subscribe().dispose();
		});

		run(store().write("q/x", content));

		assertThat(run(store().read("q/x", MAX))).isEqualTo(content);
		assertThat(run(store().list("p/", "", 100)))
			.allSatisfy((object) -> assertThat(object.size()).as(object.name()).isEqualTo(content.length));
	}

	@Test
	void removedObjectsAreGone() {
		write("p/1/a", "p/1/b", "p/2/a", "p/2/xyz:MSTR~1_2.a-b");

		run(store().remove(List.of("p/1/a", "p/2/xyz:MSTR~1_2.a-b", "p/absent", "absent/x")));

		assertThat(names("p/", "", 10)).containsExactly("p/1/b", "p/2/a");
		assertThat(store().read("p/1/a", MAX).blockOptional()).isEmpty();
	}

	@Test
	void manyObjectsAreRemovedAtOnce() {
		List<String> all = IntStream.range(0, 1_100).mapToObj("p/%06d"::formatted).toList();
		writeMany(all);

		run(store().remove(all.subList(0, 1_099)));
		run(store().remove(List.of()));

		assertThat(names("p/", "", 10)).containsExactly(all.getLast());
	}

	@Test
	void namesOfSeriesAreReadAsWritten() {
		String name = "heatmap/xyz:MSTR~1_2.a-b/2026/11/27/053000Z-Ab_c-1.json.gz";
		write(name);

		assertThat(names("heatmap/xyz:MSTR~1_2.a-b/", "", 10)).containsExactly(name);
		assertThat(run(store().folders("heatmap/"))).containsExactly("xyz:MSTR~1_2.a-b");
		assertThat(run(store().read(name, MAX))).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void locationIsNamed() {
		assertThat(store().location()).isNotBlank();
	}

	/**
	 * Writes objects whose content is their name.
	 */
	protected final void write(String... names) {
		run(Flux.fromArray(names)
			.flatMap((name) -> store().write(name, name.getBytes(StandardCharsets.UTF_8)), CONCURRENT)
			.then());
	}

	/**
	 * Writes many objects whose content is their name. Subclasses may do this in a faster
	 * way.
	 */
	protected void writeMany(List<String> names) {
		write(names.toArray(String[]::new));
	}

	/**
	 * Waits for the end of an operation that starts on a thread that must not block.
	 * Returns its result, or null if it has none.
	 */
	@SuppressWarnings("NullAway")
	protected static <T> T run(Mono<T> operation) {
		return operation.subscribeOn(Schedulers.parallel()).block(Duration.ofMinutes(1));
	}

	private List<String> names(String prefix, String after, int limit) {
		return run(store().list(prefix, after, limit)).stream().map(StoredObject::name).toList();
	}

	private static byte[] filled(int value) {
		byte[] bytes = new byte[200_000];
		Arrays.fill(bytes, (byte) value);
		return bytes;
	}

}
