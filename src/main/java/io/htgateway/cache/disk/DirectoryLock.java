package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import io.htgateway.lock.ProcessLock;
import io.htgateway.settings.UnusableSettingsException;

/**
 * Locks the cache directory against other gateways while this one runs.
 *
 * @param path the directory, without symbolic links
 */
record DirectoryLock(Path path, ProcessLock lock) implements AutoCloseable {

	private static final String PROPERTY = "gateway.cache.directory";

	private static final Set<OpenOption> OPTIONS = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
			LinkOption.NOFOLLOW_LINKS);

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	/**
	 * Locks the given directory, and creates it if it does not exist.
	 * @throws UnusableSettingsException if the directory cannot be used, or another
	 * gateway uses it
	 */
	static DirectoryLock of(Path configured) {
		Path directory = create(configured.toAbsolutePath());
		Path file = directory.resolve("lock");
		try {
			return ProcessLock.of(() -> FileChannel.open(file, OPTIONS, OWNER_ONLY))
				.map((lock) -> new DirectoryLock(directory, lock))
				.orElseThrow(() -> unusable("is %s, which another gateway uses: give each gateway its own directory."
					.formatted(configured)));
		}
		catch (IOException failure) {
			throw unusable("is %s, but %s cannot be created and locked: %s.".formatted(configured, file,
					ProcessLock.reason(failure)));
		}
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
			throw unusable(
					"is %s, a directory that cannot be created: %s.".formatted(directory, ProcessLock.reason(failure)));
		}
	}

	private static UnusableSettingsException unusable(String problem) {
		return new UnusableSettingsException(PROPERTY + " " + problem);
	}

	/**
	 * Releases the lock.
	 */
	@Override
	public void close() {
		lock.close();
	}

}
