package io.htgateway.cache.disk;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.htgateway.cache.disk.PendingWrites.Added;
import io.htgateway.cache.disk.PendingWrites.Pending;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Rejection;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.cache.store.Subjects;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The disk tier of the cache: one file for each response, so that responses survive a
 * restart. Only this gateway writes the directory, so memory never has an older response
 * than the disk. Rejections are not stored.
 */
final class DiskCache implements SecondLevelCache, AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);

	/**
	 * A response that is not usable for longer than this is not stored: it would be
	 * unusable after a restart.
	 */
	private static final Duration MIN_USE = Duration.ofSeconds(10);

	/**
	 * Time for which a request waits for the disk.
	 */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

	private static final int READERS = 2;

	private static final int MAX_WAITING_READS = 1_000;

	private static final Duration MAINTENANCE = Duration.ofSeconds(10);

	private static final Duration PURGE_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final DirectoryLock lock;

	private final FileIndex index = new FileIndex();

	private final PendingWrites pending = new PendingWrites();

	private final RecentPurges purges = new RecentPurges();

	private final DiskHealth health;

	private final DiskMeters meters;

	private final DiskReader reader;

	private final DiskWriter writer;

	private final InstantSource ages;

	private final Scheduler reads = Schedulers.newBoundedElastic(READERS, MAX_WAITING_READS, "cache-disk-read", 60,
			true);

	private final Scheduler writes = Schedulers.newSingle("cache-disk-write", true);

	DiskCache(DirectoryLock lock, long maxSize, InstantSource ages, InstantSource dates, MeterRegistry registry) {
		CacheDirectory directory = new CacheDirectory(lock.path());
		DirectoryClock clock = DirectoryClock.of(directory, ages, dates);
		this.lock = lock;
		this.health = new DiskHealth(directory);
		this.meters = DiskMeters.of(registry);
		this.reader = new DiskReader(directory, index, clock, dates, health, meters);
		this.writer = new DiskWriter(directory, index, pending, purges, clock, health, meters, maxSize);
		this.ages = ages;
		DiskMeters.register(registry, index, health, maxSize);
	}

	/**
	 * Starts to scan the directory in the background. Until the scan ends, each lookup
	 * reads a file.
	 */
	void start() {
		writer.saveTime();
		scan();
		writes.schedulePeriodically(writer::maintain, MAINTENANCE.toMillis(), MAINTENANCE.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private void scan() {
		run(() -> {
			if (writer.scan()) {
				scan();
			}
		});
	}

	private void run(Runnable task) {
		try {
			writes.schedule(task);
		}
		catch (RejectedExecutionException closed) {
			// The next run scans the directory again.
		}
	}

	@Override
	public Mono<Entry> find(CacheKey key, @Nullable Instant after) {
		return (after != null) ? Mono.empty() : Mono.defer(() -> find(key, FileHeader.fileName(key)));
	}

	private Mono<Entry> find(CacheKey key, String name) {
		Pending unwritten = pending.find(name);
		if (unwritten != null && purges.first(key, unwritten.fetchedAt()) == null) {
			meters.hits().increment();
			return Mono.just(unwritten.entry());
		}
		if (!index.mayHold(name)) {
			meters.misses().increment();
			return Mono.empty();
		}
		if (!health.mayRead()) {
			meters.failedLookups().increment();
			return Mono.empty();
		}
		return Mono.fromCallable(() -> reader.read(key, name))
			.subscribeOn(reads)
			.timeout(READ_TIMEOUT, Schedulers.parallel())
			.doOnError((failure) -> {
				meters.failedLookups().increment();
				health.readFailed("no answer within " + READ_TIMEOUT.toSeconds() + " s");
			})
			.onErrorComplete()
			.publishOn(Schedulers.parallel());
	}

	// Does not wait for the disk.
	@Override
	public Mono<Void> put(CacheKey key, Entry entry, Duration usableFor) {
		return (usableFor.compareTo(MIN_USE) <= 0) ? Mono.empty()
				: Mono.fromRunnable(() -> write(new Pending(key, entry, usableFor)));
	}

	private void write(Pending write) {
		String name = FileHeader.fileName(write.key());
		Added added = pending.add(name, write);
		if (added == Added.FIRST) {
			run(() -> writer.write(name));
		}
		else if (added == Added.FULL) {
			meters.droppedPuts().increment();
			health.writeFailed("too slow: " + pending.count() + " responses wait to be written");
		}
	}

	// Waits, so that a purge that was confirmed cannot be undone by a restart.
	@Override
	public void expire(Subjects subjects) {
		Instant at = ages.instant();
		purges.add(subjects, at);
		CompletableFuture<@Nullable IOException> purged = new CompletableFuture<>();
		run(() -> purged.complete(writer.purge(subjects, at)));
		if (Schedulers.isInNonBlockingThread()) {
			return;
		}
		String failure = await(purged);
		if (!failure.isEmpty()) {
			LOG.warn("Purge not stored on disk; after a restart the purged responses may be fresh again: reason={}",
					failure);
		}
	}

	private static String await(CompletableFuture<@Nullable IOException> purged) {
		try {
			IOException failure = purged.get(PURGE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			return (failure != null) ? failure.toString() : "";
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
		catch (ExecutionException | TimeoutException failure) {
			return "no answer within " + PURGE_TIMEOUT.toSeconds() + " s";
		}
	}

	@Override
	public String name() {
		return "disk";
	}

	/**
	 * Writes the pending responses, and releases the directory.
	 */
	@Override
	public void close() {
		CompletableFuture<Void> last = new CompletableFuture<>();
		run(() -> {
			writer.saveTime();
			last.complete(null);
		});
		try {
			last.get(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException failure) {
			LOG.warn("Responses not written before shutdown, because the cache directory is too slow: responses={}",
					pending.count());
		}
		writes.dispose();
		reads.dispose();
		lock.close();
	}

}
