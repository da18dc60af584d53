package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.htgateway.lock.ProcessLock;
import io.htgateway.settings.UnusableSettingsException;

/**
 * Locks a state file against other gateways while this one runs. The lock is on a
 * separate file, because each save replaces the state file.
 */
record StateFileLock(ProcessLock lock) implements AutoCloseable {

	private static final String PROPERTY = "gateway.budget.state-file";

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
		try {
			return ProcessLock.of(() -> FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
				.map(StateFileLock::new)
				.orElseThrow(() -> unusable(
						"is %s, which another gateway uses: give each gateway its own file.".formatted(file)));
		}
		catch (IOException failure) {
			throw unusable("is %s, but %s cannot be created and locked: %s.".formatted(file, path,
					ProcessLock.reason(failure)));
		}
	}

	private static Path directory(Path file) {
		return file.resolveSibling("").toAbsolutePath();
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
