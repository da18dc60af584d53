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
 * Locks a state file against other gateways while this one runs. The lock is on a
 * separate file, because each save replaces the state file. The operating system releases
 * the lock when the process ends, however it ends.
 */
final class StateFileLock implements AutoCloseable {

	private static final String PROPERTY = "gateway.budget.state-file";

	private final FileChannel channel;

	private StateFileLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Locks the given state file, which need not exist yet.
	 * @throws UnusableSettingsException if the file cannot be used, or another gateway
	 * uses it
	 */
	static StateFileLock of(Path stateFile) {
		Path file = stateFile.toAbsolutePath();
		if (Files.isDirectory(file)) {
			throw unusable(
					"is the directory %s: name a file in it, such as %s.".formatted(file, file.resolve("spend.json")));
		}
		if (!Files.isDirectory(directory(file))) {
			throw unusable("is %s, but the directory %s does not exist: create it, or name another file."
				.formatted(file, directory(file)));
		}
		if (Files.exists(file) && !Files.isReadable(file)) {
			throw unusable("is %s, which the user %s may not read: grant access, or name another file.".formatted(file,
					System.getProperty("user.name")));
		}
		return lock(file);
	}

	private static StateFileLock lock(Path file) {
		Path path = file.resolveSibling(file.getFileName() + ".lock");
		FileChannel channel = null;
		try {
			channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			if (tryLock(channel)) {
				return new StateFileLock(channel);
			}
		}
		catch (IOException failure) {
			close(channel);
			throw unusable("is %s, but %s cannot be created and locked: %s.".formatted(file, path, reason(failure)));
		}
		close(channel);
		throw unusable("is %s, which another gateway uses: give each gateway its own file.".formatted(file));
	}

	private static String reason(IOException failure) {
		return switch (failure) {
			case AccessDeniedException _ -> "the user " + System.getProperty("user.name") + " may not write there";
			case NoSuchFileException _ -> "no file can be created there";
			case FileSystemException known when known.getReason() != null -> known.getReason();
			default -> failure.toString();
		};
	}

	private static boolean tryLock(FileChannel channel) throws IOException {
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
	 * Releases the lock.
	 */
	@Override
	public void close() {
		close(channel);
	}

}
