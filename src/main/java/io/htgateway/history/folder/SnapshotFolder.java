package io.htgateway.history.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.htgateway.durable.DurableFile;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder. A file is written under a temporary name, which begins with a
 * dot, and then renamed, so that it is complete even after a crash. Names that begin with
 * a dot and symbolic links are ignored.
 *
 * @param root the folder
 */
record SnapshotFolder(Path root) {

	/**
	 * Age from which a temporary file belongs to a write that was killed: no write lasts
	 * as long.
	 */
	private static final Duration LEFT_OVER = Duration.ofHours(1);

	private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f-]{36}\\.tmp");

	/**
	 * Order of the names of objects: that of their UTF-8 bytes.
	 */
	static final Comparator<String> ORDER = (one, other) -> Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8),
			other.getBytes(StandardCharsets.UTF_8));

	/**
	 * Creates the folder, and checks it by writing and removing a file.
	 */
	void probe() throws IOException {
		createDirectories(root);
		Files.deleteIfExists(Files.createTempFile(root, ".", ".tmp"));
	}

	/**
	 * Returns the entries of the given directory: names of files, and names of
	 * directories with a slash at the end. They are in the order of the names of the
	 * objects in them. The list is empty if the directory does not exist.
	 */
	List<String> entries(String directory) throws IOException {
		try (Stream<Path> files = Files.list(root.resolve(directory))) {
			return files.map(SnapshotFolder::entry).filter((name) -> !name.isEmpty()).sorted(ORDER).toList();
		}
		catch (NoSuchFileException | NotDirectoryException missing) {
			return List.of();
		}
		catch (UncheckedIOException failure) {
			throw failure.getCause();
		}
	}

	private static String entry(Path file) {
		String name = String.valueOf(file.getFileName());
		if (name.startsWith(".")) {
			return "";
		}
		if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
			return name + '/';
		}
		return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? name : "";
	}

	/**
	 * Returns the size of the given file in bytes, or -1 if it does not exist.
	 */
	long size(String name) throws IOException {
		try {
			BasicFileAttributes file = Files.readAttributes(root.resolve(name), BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return file.isRegularFile() ? file.size() : -1;
		}
		catch (NoSuchFileException missing) {
			return -1;
		}
	}

	/**
	 * Returns the content of the given file, or null if it does not exist.
	 * @throws IOException if it is larger than the given size or cannot be read
	 */
	byte @Nullable [] read(String name, int maxSize) throws IOException {
		long size = size(name);
		if (size < 0) {
			return null;
		}
		if (size > maxSize) {
			throw new IOException("the file has " + size + " bytes, more than " + maxSize);
		}
		return Files.readAllBytes(root.resolve(name));
	}

	/**
	 * Writes the given file as a whole. Its content and its name are on the disk
	 * afterwards.
	 */
	void write(String name, byte[] content) throws IOException {
		Path file = root.resolve(name);
		createDirectories(file.resolveSibling(".").normalize());
		Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
		try {
			new DurableFile(file, temporary).replace(content);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static void createDirectories(Path directory) throws IOException {
		try {
			Files.createDirectories(directory);
		}
		catch (FileAlreadyExistsException notDirectory) {
			throw new IOException("not a directory: " + directory.getFileName(), notDirectory);
		}
	}

	/**
	 * Removes the given file, and the directories that become empty.
	 */
	void remove(String name) throws IOException {
		Files.deleteIfExists(root.resolve(name));
		for (Path parent = root.resolve(name).getParent(); parent != null
				&& !parent.equals(root); parent = parent.getParent()) {
			if (!removeIfEmpty(parent)) {
				return;
			}
		}
	}

	// Temporary files of killed processes do not count, and are removed.
	private static boolean removeIfEmpty(Path directory) throws IOException {
		List<Path> files;
		try (Stream<Path> all = Files.list(directory)) {
			files = all.toList();
		}
		catch (NoSuchFileException removed) {
			return true;
		}
		if (!files.stream().allMatch(SnapshotFolder::isLeftOver)) {
			return false;
		}
		for (Path file : files) {
			Files.deleteIfExists(file);
		}
		try {
			return Files.deleteIfExists(directory);
		}
		catch (DirectoryNotEmptyException written) {
			return false;
		}
	}

	private static boolean isLeftOver(Path file) {
		try {
			return TEMPORARY.matcher(String.valueOf(file.getFileName())).matches()
					&& Files.getLastModifiedTime(file).toMillis() < System.currentTimeMillis() - LEFT_OVER.toMillis();
		}
		catch (IOException removed) {
			return false;
		}
	}

}
