package io.htgateway.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A directory with a secret as Kubernetes mounts it: the file is a symbolic link into a
 * directory that is itself a symbolic link, and is replaced as a whole.
 */
public final class MountedSecret {

	private static final String FILE = "api-key";

	private final Path mount;

	private int version;

	public MountedSecret(Path mount, String first) {
		this.mount = mount;
		replace(first);
		try {
			Files.createSymbolicLink(path(), Path.of("..data", FILE));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the path of the secret.
	 */
	public Path path() {
		return mount.resolve(FILE);
	}

	public void replace(String text) {
		replace(text.getBytes(StandardCharsets.UTF_8));
	}

	public void replace(byte[] content) {
		try {
			Path next = Files.createDirectory(mount.resolve("..version-" + ++version));
			Files.write(next.resolve(FILE), content);
			Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), next.getFileName());
			Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void remove() {
		try {
			Files.delete(mount.resolve("..data"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
