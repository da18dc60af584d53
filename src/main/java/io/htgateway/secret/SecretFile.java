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
 * A value that is read from a mounted file, and anew when the file has changed. It is
 * looked at from time to time: notice of changes is not reliable behind symbolic links,
 * which Kubernetes replaces. A bad new file leaves the value as it was.
 *
 * @param <T> the type of the value
 */
public final class SecretFile<T> implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

	/**
	 * Time between two looks: a change is known in less than ten seconds, on a busy
	 * machine too.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private static final Pattern NAME_OF_FILE = Pattern
		.compile("[A-Za-z0-9._/ -]{1,200}\\.(?:ya?ml|json|txt|conf|cfg)");

	private final String property;

	private final MountedFile file;

	private final Function<Secret, T> parser;

	private final List<Function<T, Runnable>> listeners = new CopyOnWriteArrayList<>();

	private final Disposable.Swap looking = Disposables.swap();

	private volatile T value;

	private Secret content;

	private @Nullable Bad told;

	private SecretFile(String property, MountedFile file, Function<Secret, T> parser) {
		this.property = property;
		this.file = file;
		this.parser = parser;
		this.content = file.read();
		this.value = parser.apply(content);
	}

	/**
	 * The value in a file, which is read at once.
	 * @param property what configures the file. It is logged with the path, which was the
	 * path of a file and not the secret itself by mistake if this method returns
	 * @param maxSize bytes of the largest file that is read
	 * @param parser makes the value of what is in the file; a reason that it gives with
	 * an {@link UnusableSecretException} is logged
	 * @throws UnusableSecretException where there is none that could be used
	 */
	public static <T> SecretFile<T> read(String property, Path path, int maxSize, Function<Secret, T> parser) {
		return new SecretFile<>(property, new MountedFile(path, maxSize), parser);
	}

	/**
	 * Returns a sentence on a file that cannot be used. A path that leads nowhere is not
	 * shown where it may be the secret itself by mistake.
	 * @param content what the file must have
	 * @param relative whether a relative path is shown that surely is the name of a file
	 */
	public static String describe(String property, Path path, String content, boolean relative,
			UnusableSecretException unusable) {
		boolean isPath = (path.isAbsolute() && path.getNameCount() > 1
				&& Files.isDirectory(path.getRoot().resolve(path.getName(0))))
				|| (relative && NAME_OF_FILE.matcher(path.toString()).matches());
		if (!isPath && !Files.exists(path)) {
			return "%1$s must be the path of a file that has the %2$s, and there is no such file. The value is not shown: it may be the %2$s itself."
				.formatted(property, content);
		}
		String sentence = "The file of %s, %s, %s".formatted(property, shown(path), unusable.getMessage());
		return sentence.endsWith("?") ? sentence : sentence + ".";
	}

	private static String shown(Path path) {
		return path.isAbsolute() ? path.toString() : "%s (%s)".formatted(path, path.toAbsolutePath());
	}

	/**
	 * The value as of the last look.
	 */
	public T value() {
		return value;
	}

	/**
	 * Registers a listener for new values. All listeners apply a new value, or none does.
	 * A listener prepares for the value and returns the step that applies it. If either
	 * fails, every listener continues with the former value, which may be passed to it
	 * again.
	 */
	public void onChange(Function<T, Runnable> listener) {
		listeners.add(listener);
	}

	/**
	 * Looks at the file from time to time from now on.
	 * @param scheduler runs what may block
	 */
	public void watch(Scheduler scheduler) {
		long millis = INTERVAL.toMillis();
		looking.update(scheduler.schedulePeriodically(this::look, millis, millis, TimeUnit.MILLISECONDS));
	}

	/**
	 * Looks at the file now.
	 */
	public synchronized void look() {
		Secret seen = null;
		try {
			seen = file.read();
			accept(seen);
			told = null;
		}
		catch (UnusableSecretException unusable) {
			refuse(seen, String.valueOf(unusable.getMessage()));
		}
		catch (RuntimeException | Error failure) {
			// Its message may contain the secret. No failure ends the polling.
			refuse(seen, "cannot be used (" + failure.getClass().getSimpleName() + ")");
		}
	}

	private void accept(Secret seen) {
		if (seen.equals(content)) {
			if (told != null) {
				LOG.info("The file of {}, {}, is good again, and has not changed", property, file.path());
			}
			return;
		}
		T before = value;
		T next = parser.apply(seen);
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
		content = seen;
		LOG.info("The file of {}, {}, has changed and is in use", property, file.path());
	}

	private List<Runnable> prepare(T next) {
		return listeners.stream().map((listener) -> listener.apply(next)).toList();
	}

	// One failed task must not leave the others with the new value.
	private static void undo(Runnable task, Throwable failure) {
		try {
			task.run();
		}
		catch (RuntimeException | Error another) {
			failure.addSuppressed(another);
		}
	}

	private void refuse(@Nullable Secret seen, String reason) {
		Bad bad = new Bad(seen, reason);
		if (!bad.equals(told)) {
			LOG.error("The file of {}, {}, {}: what it had before stays in use", property, file.path(), reason);
		}
		told = bad;
	}

	@Override
	public void close() {
		looking.dispose();
	}

	private record Bad(@Nullable Secret content, String reason) {
	}

}
