package io.htgateway.web.hit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.htgateway.cache.store.Representation;
import io.netty.channel.FileRegion;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Large bodies of hits in files, which the kernel sends without a copy. While files
 * cannot be created, all bodies are sent from memory.
 */
@Component
public final class BodyFiles {

	private static final Logger LOG = LoggerFactory.getLogger(BodyFiles.class);

	/**
	 * Shortest body in a file: for a shorter one, a copy costs less than the system calls
	 * that send a file.
	 */
	private static final int MIN_LENGTH = 32 * 1024;

	private static final int MAX_LENGTH = 1024 * 1024;

	/**
	 * Maximum size of all files. Divided by the minimum length, it also limits the number
	 * of open files.
	 */
	private static final long MAX_BYTES = 32 * 1024 * 1024;

	private static final Duration MAX_IDLE = Duration.ofMinutes(1);

	/**
	 * Time between two attempts while files cannot be created.
	 */
	static final Duration TRIAL_INTERVAL = Duration.ofSeconds(30);

	private final Cache<String, BodyFile> files;

	private final Set<String> inCreation = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private final Scheduler scheduler;

	private final InstantSource clock;

	/**
	 * Time of the next attempt to create a file, or null while files work.
	 */
	private final AtomicReference<@Nullable Instant> nextTrial = new AtomicReference<>();

	private volatile boolean closed;

	@Autowired
	BodyFiles(InstantSource clock) {
		this(Path.of(System.getProperty("java.io.tmpdir")), Schedulers.boundedElastic(), clock);
	}

	BodyFiles(Path directory, Scheduler scheduler, InstantSource clock) {
		this.directory = directory;
		this.scheduler = scheduler;
		this.clock = clock;
		this.files = Caffeine.newBuilder()
			.maximumWeight(MAX_BYTES)
			.weigher((String etag, BodyFile file) -> file.length())
			.expireAfterAccess(MAX_IDLE)
			.executor(Runnable::run)
			.removalListener((@Nullable String etag, @Nullable BodyFile file, RemovalCause cause) -> {
				if (file != null) {
					file.release();
				}
			})
			.build();
	}

	/**
	 * Returns the bytes of the given representation in a file, which can be written once.
	 * Returns null if they must be sent from memory, as they are until their file is
	 * created.
	 */
	@Nullable FileRegion find(Representation body) {
		if (closed || body.length() < MIN_LENGTH || body.length() > MAX_LENGTH) {
			return null;
		}
		BodyFile file = files.getIfPresent(body.etag());
		if (file != null) {
			return file.region();
		}
		if (mayCreate() && inCreation.add(body.etag())) {
			schedule(body);
		}
		return null;
	}

	// After a failure, one file per interval is attempted, and the others wait for its
	// result.
	private boolean mayCreate() {
		Instant next = nextTrial.get();
		if (next == null) {
			return true;
		}
		Instant now = clock.instant();
		return !now.isBefore(next) && nextTrial.compareAndSet(next, now.plus(TRIAL_INTERVAL));
	}

	private void schedule(Representation body) {
		try {
			Disposable _ = scheduler.schedule(() -> create(body));
		}
		catch (RejectedExecutionException busy) {
			inCreation.remove(body.etag());
		}
	}

	private void create(Representation body) {
		try {
			if (!closed && files.getIfPresent(body.etag()) == null) {
				files.put(body.etag(), BodyFile.of(body.body(), directory));
				succeeded();
			}
			if (closed) {
				files.invalidateAll();
			}
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
		}
		finally {
			inCreation.remove(body.etag());
		}
	}

	private void succeeded() {
		if (nextTrial.getAndSet(null) != null) {
			LOG.info("Temporary files work again, sending large bodies from files");
		}
	}

	// Closing all files frees descriptors and space for others.
	private void failed(Exception failure) {
		files.invalidateAll();
		if (nextTrial.getAndSet(clock.instant().plus(TRIAL_INTERVAL)) == null) {
			LOG.warn("Temporary file failed ({}), sending large bodies from memory, next attempt in {} s",
					failure.toString(), TRIAL_INTERVAL.toSeconds());
		}
	}

	/**
	 * Closes all files. Those that are being sent are closed after that.
	 */
	@PreDestroy
	public void close() {
		closed = true;
		files.invalidateAll();
	}

}
