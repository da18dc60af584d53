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
 * Large bodies that are hit, in files, which the kernel sends without a copy. While files
 * cannot be created, all bodies are sent from memory.
 */
@Component
public final class BodyFiles {

	private static final Logger LOG = LoggerFactory.getLogger(BodyFiles.class);

	/**
	 * From here on a copy costs more than the calls that it takes to send a file.
	 */
	private static final int MIN_LENGTH = 32 * 1024;

	private static final int MAX_LENGTH = 1024 * 1024;

	/**
	 * Limits the open files too, to its part by the least length.
	 */
	private static final long MAX_BYTES = 32 * 1024 * 1024;

	private static final Duration MAX_IDLE = Duration.ofMinutes(1);

	/**
	 * Time between two attempts while files cannot be created.
	 */
	static final Duration TRIAL_INTERVAL = Duration.ofSeconds(30);

	private final Cache<String, BodyFile> files;

	private final Set<String> making = ConcurrentHashMap.newKeySet();

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
	 * The bytes of the given representation in a file, to be written once; null when they
	 * are to be sent from memory, as they are until their file is made.
	 */
	@Nullable FileRegion find(Representation body) {
		if (closed || body.length() < MIN_LENGTH || body.length() > MAX_LENGTH) {
			return null;
		}
		BodyFile file = files.getIfPresent(body.etag());
		if (file != null) {
			return file.region();
		}
		if (mayMake() && making.add(body.etag())) {
			schedule(body);
		}
		return null;
	}

	// After a failure, one file per interval is attempted, and the others wait for its
	// result.
	private boolean mayMake() {
		Instant next = nextTrial.get();
		if (next == null) {
			return true;
		}
		Instant now = clock.instant();
		return !now.isBefore(next) && nextTrial.compareAndSet(next, now.plus(TRIAL_INTERVAL));
	}

	private void schedule(Representation body) {
		try {
			Disposable _ = scheduler.schedule(() -> make(body));
		}
		catch (RejectedExecutionException busy) {
			making.remove(body.etag());
		}
	}

	private void make(Representation body) {
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
			making.remove(body.etag());
		}
	}

	private void succeeded() {
		if (nextTrial.getAndSet(null) != null) {
			LOG.info("Temporary files work again: large bodies are sent from files");
		}
	}

	// Frees descriptors and space for other users.
	private void failed(Exception failure) {
		files.invalidateAll();
		if (nextTrial.getAndSet(clock.instant().plus(TRIAL_INTERVAL)) == null) {
			LOG.warn("Temporary files fail ({}): large bodies are sent from memory, next attempt in {} s",
					failure.toString(), TRIAL_INTERVAL.toSeconds());
		}
	}

	/**
	 * Closes all files; those that are being sent when that is done.
	 */
	@PreDestroy
	public void close() {
		closed = true;
		files.invalidateAll();
	}

}
