package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import io.htgateway.settings.UnusableSettingsException;
import org.jspecify.annotations.Nullable;

/**
 * Locks the cache directory against other gateways while this one runs. The operating
 * system releases the lock when the process ends, however it ends.
 *
 * @param path the directory, without symbolic links
 */
record DirectoryLock(Path path, FileChannel channel) implements AutoCloseable {

	private static final String PROPERTY = "gateway.cache.directory";

	/**
	 * Locks the given directory, and creates it if it does not exist.
	 * @throws UnusableSettingsException if the directory cannot be used, or another
	 * gateway uses it
	 */
	static DirectoryLock of(Path configured) {
		Path directory = create(configured.toAbsolutePath());
		Path file = directory.resolve("lock");
		FileChannel channel = null;
		try {
			channel = FileChannel.open(file,
					Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			if (tryLock(channel)) {
				return new DirectoryLock(directory, channel);
			}
		}
		catch (IOException failure) {
			close(channel);
			throw unusable(
					"is %s, but %s cannot be created and locked: %s.".formatted(configured, file, reason(failure)));
		}
		close(channel);
		throw unusable("is %s, which another gateway uses: give each gateway its own directory.".formatted(configured));
	}

	private static Path create(Path directory) {
		try {
			if (!Files.isDirectory(directory)) {
				Files.createDirectories(directory,
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			}
			return directory.toRealPath();
		}
		catch (FileAlreadyExistsException _) {
			throw unusable("is %s, which is not a directory: name a directory, such as %s.".formatted(directory,
					directory.resolveSibling("cache")));
		}
		catch (IOException failure) {
			throw unusable("is %s, a directory that cannot be created: %s.".formatted(directory, reason(failure)));
		}
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
