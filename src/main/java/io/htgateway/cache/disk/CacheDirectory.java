package io.htgateway.cache.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the cache directory. Each is written under a temporary name and renamed,
 * so that after a crash it has either the old or the new content. Only this user may read
 * them, symbolic links are not followed, and files with other names are left alone.
 */
final class CacheDirectory {

	/**
	 * Time after which the use of a file is recorded again.
	 */
	private static final Duration USE_INTERVAL = Duration.ofHours(1);

	/**
	 * Longest file, so that a foreign one does not fill the heap: the longest body and
	 * its header.
	 */
	private static final long MAX_SIZE = 65L * 1024 * 1024;

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	private static final Pattern RESPONSE = Pattern.compile("[0-9a-f]{32}\\.response");

	private static final Pattern TEMPORARY = Pattern.compile("([0-9a-f]{32}\\.response|clock)\\.tmp");

	private final Path path;

	/**
	 * Creates the files of the given directory, which exists and is locked.
	 */
	CacheDirectory(Path path) {
		this.path = path;
	}

	/**
	 * Returns whether the given file is one of a stored response.
	 */
	static boolean isResponse(String name) {
		return RESPONSE.matcher(name).matches();
	}

	/**
	 * Returns whether the given file was being written when an earlier run was killed, if
	 * no file is being written now.
	 */
	static boolean isTemporary(String name) {
		return TEMPORARY.matcher(name).matches();
	}

	/**
	 * Returns the names of all files, including those that are not of this cache.
	 */
	List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(path)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (UncheckedIOException failure) {
			throw new IOException(failure.getCause());
		}
	}

	/**
	 * Returns when the given file was last used, by the system clock.
	 */
	FileTime lastUsed(String name) throws IOException {
		return attributes(name).lastModifiedTime();
	}

	/**
	 * Returns the length of the given file, in bytes.
	 */
	long length(String name) throws IOException {
		return attributes(name).size();
	}

	private BasicFileAttributes attributes(String name) throws IOException {
		return Files.readAttributes(path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Reads the given file.
	 * @throws NotAFileException if it is too large, or a link, directory or device
	 */
	byte[] read(String name) throws IOException {
		return read(name, Integer.MAX_VALUE);
	}

	/**
	 * Reads the beginning of the given file, at most the given number of bytes.
	 * @throws NotAFileException if it is too large, or a link, directory or device
	 */
	byte[] read(String name, int most) throws IOException {
		// Opening a named pipe would block until a writer opens it.
		if (!attributes(name).isRegularFile()) {
			throw new NotAFileException(name);
		}
		try (FileChannel channel = FileChannel.open(path.resolve(name), StandardOpenOption.READ,
				LinkOption.NOFOLLOW_LINKS)) {
			if (channel.size() > MAX_SIZE) {
				throw new NotAFileException(name);
			}
			ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), most));
			while (content.hasRemaining() && channel.read(content) >= 0) {
				// A read may return fewer bytes.
			}
			return content.hasRemaining() ? Arrays.copyOf(content.array(), content.position()) : content.array();
		}
	}

	/**
	 * Replaces the given file, or creates it. One thread at a time may write.
	 */
	void write(String name, byte[]... parts) throws IOException {
		Path temporary = path.resolve(name + ".tmp");
		Files.deleteIfExists(temporary);
		try {
			try (FileChannel channel = FileChannel.open(temporary,
					Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
				for (byte[] part : parts) {
					ByteBuffer content = ByteBuffer.wrap(part);
					while (content.hasRemaining()) {
						channel.write(content);
					}
				}
			}
			Files.move(temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException failure) {
			removeAfter(failure, temporary);
			throw failure;
		}
	}

	private static void removeAfter(IOException failure, Path temporary) {
		try {
			Files.deleteIfExists(temporary);
		}
		catch (IOException second) {
			failure.addSuppressed(second);
		}
	}

	/**
	 * Removes the given file, if it exists.
	 */
	void remove(String name) throws IOException {
		Files.deleteIfExists(path.resolve(name));
	}

	/**
	 * Records that the given file was used, at most once an hour: its modification time
	 * becomes the given time.
	 */
	void use(String name, FileTime now) throws IOException {
		Duration unused = Duration.between(lastUsed(name).toInstant(), now.toInstant());
		if (unused.abs().compareTo(USE_INTERVAL) > 0) {
			Files.setLastModifiedTime(path.resolve(name), now);
		}
	}

	@Override
	public String toString() {
		return path.toString();
	}

	/**
	 * A file, link or directory has the name of a cache file, but was not written by the
	 * cache.
	 */
	@SuppressWarnings("serial")
	static final class NotAFileException extends IOException {

		NotAFileException(String name) {
			super(name + " is not a file of the cache");
		}

	}

}
