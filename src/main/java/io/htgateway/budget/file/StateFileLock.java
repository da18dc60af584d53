package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.htgateway.settings.UnusableSettingsException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other gateways off a state file while this one runs. A file of its own is locked,
 * since the state file is replaced each time it is written; the operating system unlocks
 * it when the process ends, however it ends.
 */
final class StateFileLock implements AutoCloseable {

	private static final String PROPERTY = "gateway.budget.state-file";

	private final FileChannel channel;

	private StateFileLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Locks the given state file, which need not exist yet.
	 * @throws UnusableSettingsException when it cannot be used, or another gateway uses
	 * it
	 */
	static StateFileLock of(Path stateFile) {
		Path file = stateFile.toAbsolutePath();
		if (Files.isDirectory(file)) {
			throw unusable(
					"is the directory %s: name a file in it, such as %s.".formatted(file, file.resolve("spend.json")));
		}
		if (!Files.isDirectory(directory(file))) {
			throw unusable("is %s, but there is no directory %s: create it, or name another file.".formatted(file,
					directory(file)));
		}
		if (Files.exists(file) && !Files.isReadable(file)) {
			throw unusable(
					"is %s, which may not be read by the user %s.".formatted(file, System.getProperty("user.name")));
		}
		return lock(file);
	}

	private static StateFileLock lock(Path file) {
		Path path = file.resolveSibling(file.getFileName() + ".lock");
		FileChannel channel = null;
		try {
			channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			if (isLocked(channel)) {
				return new StateFileLock(channel);
			}
		}
		catch (IOException failure) {
			close(channel);
			throw unusable("is %s, but %s cannot be created and locked: %s.".formatted(file, path, words(failure)));
		}
		close(channel);
		throw unusable("is %s, which another gateway uses: give each gateway a file of its own.".formatted(file));
	}

	private static String words(IOException failure) {
		return switch (failure) {
			case AccessDeniedException _ -> "the user " + System.getProperty("user.name") + " may not write there";
			case NoSuchFileException _ -> "no file can be created there";
			case FileSystemException known when known.getReason() != null -> known.getReason();
			default -> failure.toString();
		};
	}

	private static boolean isLocked(FileChannel channel) throws IOException {
		try {
			FileLock lock = channel.tryLock();
			return lock != null;
		}
		catch (OverlappingFileLockException ofThisProcess) {
			return false;
		}
	}

	private static Path directory(Path file) {
		return file.resolveSibling("").toAbsolutePath();
	}

	private static UnusableSettingsException unusable(String problem) {
		return new UnusableSettingsException(PROPERTY + " " + problem);
	}

	private static void close(@Nullable FileChannel channel) {
		if (channel != null) {
			try {
				channel.close();
			}
			catch (IOException ignored) {
				// Nothing was written to it.
			}
		}
	}

	/**
	 * Lets others use the file.
	 */
	@Override
	public void close() {
		close(channel);
	}

}
