package io.htgateway.cache.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import io.htgateway.cache.store.Subjects;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One run of a gateway's cache on disk.
 */
final class Run implements AutoCloseable {

	static final long SIZE = 1024 * 1024;

	static final Duration LIFETIME = Duration.ofMinutes(5);

	static final Duration USABLE = Duration.ofHours(24);

	private final Path directory;

	private final InstantSource ages;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final DiskCache cache;

	private Run(Path directory, long size, InstantSource ages, InstantSource dates) {
		this.directory = directory;
		this.ages = ages;
		this.cache = new DiskCache(DirectoryLock.of(directory), size, ages, dates, meters);
	}

	static Run start(Path directory, InstantSource clock) {
		return start(directory, SIZE, clock, clock);
	}

	/**
	 * Starts a run, and waits until it has scanned the directory.
	 */
	static Run start(Path directory, long size, InstantSource ages, InstantSource dates) {
		Run run = unscanned(directory, size, ages, dates);
		run.cache.start();
		// The purge of nothing waits for the scan.
		run.cache.expire(new Subjects("none", Map.of()));
		return run;
	}

	/**
	 * Starts a run whose scan of the directory never begins.
	 */
	static Run unscanned(Path directory, long size, InstantSource ages, InstantSource dates) {
		return new Run(directory, size, ages, dates);
	}

	DiskCache cache() {
		return cache;
	}

	/**
	 * Stores a response that is fetched now, and waits until it is written.
	 */
	void put(CacheKey key, String body) {
		double before = puts();
		send(key, body);
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> puts() > before);
	}

	/**
	 * Stores a response that is fetched now.
	 */
	void send(CacheKey key, String body) {
		cache.put(key, entry(body, ages), USABLE).block();
	}

	static Entry entry(String body, InstantSource clock) {
		return new Entry(CachedResponse.of(body.getBytes(StandardCharsets.UTF_8), "application/json",
				new Origin(clock.instant(), Duration.ofSeconds(3), "\"tag\"", null, "load")), LIFETIME);
	}

	@Nullable Entry find(CacheKey key) {
		return cache.find(key, null).block(Duration.ofSeconds(20));
	}

	/**
	 * Returns the body of the stored response, or nothing as text.
	 */
	String text(CacheKey key) {
		Entry found = find(key);
		return (found != null) ? new String(found.response().identity().bytes(), StandardCharsets.UTF_8) : "nothing";
	}

	/**
	 * Returns the age of the stored response.
	 */
	Duration age(CacheKey key) {
		return Duration.between(Objects.requireNonNull(find(key)).response().origin().fetchedAt(), ages.instant());
	}

	/**
	 * Returns whether the stored response is fresh.
	 */
	boolean isFresh(CacheKey key) {
		return age(key).compareTo(Objects.requireNonNull(find(key)).lifetime()) < 0;
	}

	private double puts() {
		return count("puts", "stored") + count("puts", "failed") + count("puts", "dropped");
	}

	double count(String meter, String outcome) {
		Counter counter = meters.find("gateway.cache.directory." + meter).tag("outcome", outcome).counter();
		return Objects.requireNonNull(counter).count();
	}

	double gauge(String meter) {
		return Objects.requireNonNull(meters.find("gateway.cache.directory." + meter).gauge()).value();
	}

	/**
	 * Returns the file of the given key.
	 */
	static Path file(Path directory, CacheKey key) {
		return directory.resolve(FileHeader.fileName(key));
	}

	/**
	 * Copies the directory as it is now: what is left of this run if it is killed.
	 */
	Path killed(String name) {
		Path copy = directory.resolveSibling(name);
		try (Stream<Path> files = Files.list(directory)) {
			Files.createDirectories(copy);
			for (Path file : (Iterable<Path>) files::iterator) {
				Files.copy(file, copy.resolve(file.getFileName()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return copy;
	}

	static List<String> names(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Override
	public void close() {
		cache.close();
	}

}
