package io.htgateway.secret;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A value that is read from a mounted file, and again when the file changes. The file is
 * polled: change notifications are not reliable behind symbolic links, which Kubernetes
 * replaces. An unusable new file does not change the value.
 *
 * @param <T> the type of the value
 */
public final class SecretFile<T> implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

	/**
	 * Time between two polls: even a busy machine sees a change in less than ten seconds.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private static final Pattern NAME_OF_FILE = Pattern
		.compile("[A-Za-z0-9._/ -]{1,200}\\.(?:ya?ml|json|txt|conf|cfg)");

	private final String property;

	private final MountedFile file;

	private final Function<Secret, T> parser;

	private final List<Function<T, Runnable>> listeners = new CopyOnWriteArrayList<>();

	private final Disposable.Swap polling = Disposables.swap();

	private volatile T value;

	private Secret content;

	private @Nullable Rejection reported;

	private SecretFile(String property, MountedFile file, Function<Secret, T> parser) {
		this.property = property;
		this.file = file;
		this.parser = parser;
		this.content = file.read();
		this.value = parser.apply(content);
	}

	/**
	 * Reads the value of the given file.
	 * @param property the property that configures the file. It is logged with the path,
	 * which cannot be the secret itself by mistake once this method has returned
	 * @param maxSize largest file that is read, in bytes
	 * @param parser parses the content of the file; the message of an
	 * {@link UnusableSecretException} that it throws is logged
	 * @throws UnusableSecretException if the file contains no usable value
	 */
	public static <T> SecretFile<T> read(String property, Path path, int maxSize, Function<Secret, T> parser) {
		return new SecretFile<>(property, new MountedFile(path, maxSize), parser);
	}

	/**
	 * Returns a sentence that says why a file is unusable. If no file has the given path,
	 * shows the path only if it cannot be the secret itself by mistake.
	 * @param content what the file must contain
	 * @param relative whether to show a relative path that is surely the name of a file
	 */
	public static String describe(String property, Path path, String content, boolean relative,
			UnusableSecretException unusable) {
		boolean isPath = (path.isAbsolute() && path.getNameCount() > 1
				&& Files.isDirectory(path.getRoot().resolve(path.getName(0))))
				|| (relative && NAME_OF_FILE.matcher(path.toString()).matches());
		if (!isPath && !Files.exists(path)) {
			return "%1$s must be the path of a file with the %2$s, but no such file exists. The value is not shown, because it may be the %2$s itself."
				.formatted(property, content);
		}
		String sentence = "The file of %s, %s, %s".formatted(property, shown(path), unusable.getMessage());
		return sentence.endsWith("?") ? sentence : sentence + ".";
	}

	private static String shown(Path path) {
		return path.isAbsolute() ? path.toString() : "%s (%s)".formatted(path, path.toAbsolutePath());
	}

	/**
	 * Returns the value as of the last poll.
	 */
	public T value() {
		return value;
	}

	/**
	 * Registers a listener for new values. Either all listeners apply a new value or none
	 * does. A listener prepares for the value and returns the step that applies it. If
	 * either fails, every listener continues with the previous value, which may be passed
	 * to it again.
	 */
	public void onChange(Function<T, Runnable> listener) {
		listeners.add(listener);
	}

	/**
	 * Polls the file from now on.
	 * @param scheduler runs the polls, which may block
	 */
	public void watch(Scheduler scheduler) {
		long millis = INTERVAL.toMillis();
		polling.update(scheduler.schedulePeriodically(this::poll, millis, millis, TimeUnit.MILLISECONDS));
	}

	/**
	 * Reads the file now, and applies its value if the content has changed.
	 */
	public synchronized void poll() {
		Secret read = null;
		try {
			read = file.read();
			accept(read);
			reported = null;
		}
		catch (UnusableSecretException unusable) {
			reject(read, String.valueOf(unusable.getMessage()));
		}
		catch (RuntimeException | Error failure) {
			// Its message may contain the secret. No failure ends the polling.
			reject(read, "cannot be used (" + failure.getClass().getSimpleName() + ")");
		}
	}

	private void accept(Secret read) {
		if (read.equals(content)) {
			if (reported != null) {
				LOG.info("File usable again; its content has not changed: property={} file={}", property, file.path());
			}
			return;
		}
		T before = value;
		T next = parser.apply(read);
		List<Runnable> undo = prepare(before);
		List<Runnable> changes = prepare(next);
		value = next;
		try {
			changes.forEach(Runnable::run);
		}
		catch (RuntimeException | Error failure) {
			value = before;
			undo.forEach((task) -> undo(task, failure));
			throw failure;
		}
		content = read;
		LOG.info("File changed; its new content is in use: property={} file={}", property, file.path());
	}

	private List<Runnable> prepare(T next) {
		return listeners.stream().map((listener) -> listener.apply(next)).toList();
	}

	// A failed task must not leave the other listeners with the new value.
	private static void undo(Runnable task, Throwable failure) {
		try {
			task.run();
		}
		catch (RuntimeException | Error another) {
			failure.addSuppressed(another);
		}
	}

	private void reject(@Nullable Secret read, String reason) {
		Rejection rejection = new Rejection(read, reason);
		if (!rejection.equals(reported)) {
			LOG.error("File unusable; its previous content stays in use: property={} file={} reason=\"{}\"", property,
					file.path(), reason);
		}
		reported = rejection;
	}

	@Override
	public void close() {
		polling.dispose();
	}

	private record Rejection(@Nullable Secret content, String reason) {
	}

}
