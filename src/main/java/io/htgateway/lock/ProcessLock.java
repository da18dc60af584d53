package io.htgateway.lock;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Lock of a file against other gateways while this one runs. The operating system
 * releases the lock when the process ends, however it ends.
 *
 * @param channel channel of the locked file
 */
public record ProcessLock(FileChannel channel) implements AutoCloseable {

	/**
	 * Opens and locks a file.
	 * @param file opens the file
	 * @return the lock, or nothing if another gateway has it
	 * @throws IOException if the file cannot be opened or locked
	 */
	public static Optional<ProcessLock> of(LockFile file) throws IOException {
		FileChannel channel = null;
		try {
			channel = file.open();
			if (tryLock(channel)) {
				return Optional.of(new ProcessLock(channel));
			}
		}
		catch (IOException failure) {
			close(channel);
			throw failure;
		}
		close(channel);
		return Optional.empty();
	}

	/**
	 * Returns why a file cannot be used, for operators.
	 */
	public static String reason(IOException failure) {
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

	/**
	 * Opens the file that is locked.
	 */
	@FunctionalInterface
	public interface LockFile {

		/**
		 * Opens the file for writing, and creates it if it does not exist.
		 */
		FileChannel open() throws IOException;

	}

}
