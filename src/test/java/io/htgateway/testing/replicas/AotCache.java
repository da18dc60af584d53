package io.htgateway.testing.replicas;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Loaded and linked classes of the gateway in a file, so that processes start in less
 * than half the time, as in the image.
 */
public final class AotCache {

	private final Path file;

	private final String classPath;

	private AotCache(Path file, String classPath) {
		this.file = file;
		this.classPath = classPath;
	}

	/**
	 * Creates the file in the given directory, by a first run of the gateway.
	 */
	public static AotCache create(Path directory, Replicas replicas) {
		List<String> entries = new ArrayList<>();
		Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("test-classes"))
			.forEach((entry) -> entries.add(Files.isDirectory(Path.of(entry))
					? jar(Path.of(entry), directory.resolve(entries.size() + ".jar")).toString() : entry));
		AotCache cache = new AotCache(directory.resolve("gateway.aot"), String.join(File.pathSeparator, entries));
		replicas
			.stop(replicas.addProcess("-cp", cache.classPath, "-XX:+UseSerialGC", "-XX:AOTCacheOutput=" + cache.file));
		return cache;
	}

	/**
	 * Returns the options of a JVM that uses the file.
	 */
	public String[] options(String... more) {
		return Stream.of(new String[] { "-cp", classPath, "-XX:+UseSerialGC", "-XX:AOTCache=" + file }, more)
			.flatMap(Arrays::stream)
			.toArray(String[]::new);
	}

	// The JVM accepts no directory with classes.
	private static Path jar(Path classes, Path jar) {
		try (OutputStream out = Files.newOutputStream(jar);
				JarOutputStream content = new JarOutputStream(out);
				Stream<Path> files = Files.walk(classes)) {
			for (Path path : (Iterable<Path>) files.filter((path) -> !path.equals(classes))::iterator) {
				boolean directory = Files.isDirectory(path);
				content.putNextEntry(new JarEntry(classes.relativize(path) + (directory ? "/" : "")));
				if (!directory) {
					Files.copy(path, content);
				}
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
