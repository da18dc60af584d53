package io.htgateway.web.hit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.htgateway.cache.Representation;
import io.netty.channel.FileRegion;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Large bodies that are hit, in files, which the kernel sends without a copy. Where there
 * is no place for files, all are sent from memory.
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

	private final Cache<String, BodyFile> files;

	private final Set<String> making = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private final Scheduler scheduler;

	private volatile boolean on = true;

	BodyFiles() {
		this(Path.of(System.getProperty("java.io.tmpdir")), Schedulers.boundedElastic());
	}

	BodyFiles(Path directory, Scheduler scheduler) {
		this.directory = directory;
		this.scheduler = scheduler;
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
		if (!on || body.length() < MIN_LENGTH || body.length() > MAX_LENGTH) {
			return null;
		}
		BodyFile file = files.getIfPresent(body.etag());
		if (file != null) {
			return file.region();
		}
		if (making.add(body.etag())) {
			Disposable _ = scheduler.schedule(() -> make(body));
		}
		return null;
	}

	private void make(Representation body) {
		try {
			if (on && files.getIfPresent(body.etag()) == null) {
				files.put(body.etag(), BodyFile.of(body.body(), directory));
			}
			if (!on) {
				files.invalidateAll();
			}
		}
		catch (IOException ex) {
			close();
			LOG.warn("Large bodies are sent from memory, since there is no place for temporary files: {}",
					ex.toString());
		}
		finally {
			making.remove(body.etag());
		}
	}

	/**
	 * Closes all files; those that are being sent when that is done.
	 */
	@PreDestroy
	public void close() {
		on = false;
		files.invalidateAll();
	}

}
