package io.htgateway.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small text file that may be replaced at any time, and may be a symbolic link.
 *
 * @param path path of the file
 * @param maxSize largest file that is read, in bytes
 */
record MountedFile(Path path, int maxSize) {

	/**
	 * Editors on Windows write it at the start of a file.
	 */
	private static final String BYTE_ORDER_MARK = "\ufeff";

	/**
	 * Returns the current content.
	 * @throws UnusableSecretException if the file cannot be read, or its content cannot
	 * be a secret
	 */
	Secret read() {
		// Reading a pipe or a device might never end.
		if (!Files.isRegularFile(path)) {
			throw new UnusableSecretException(Files.isDirectory(path)
					? "is a directory: name a file in it "
							+ "(a container mount creates a directory if its source is missing)"
					: Files.exists(path) ? "is not a regular file" : "is missing");
		}
		Secret content = Secret.of(text(bytes()));
		if (content.isEmpty()) {
			throw new UnusableSecretException("is empty");
		}
		return content;
	}

	private byte[] bytes() {
		try (InputStream in = Files.newInputStream(path)) {
			byte[] bytes = in.readNBytes(maxSize + 1);
			if (bytes.length > maxSize) {
				throw new UnusableSecretException("is larger than " + maxSize + " bytes");
			}
			return bytes;
		}
		catch (IOException ex) {
			throw new UnusableSecretException("cannot be read (" + ex.getClass().getSimpleName() + ")");
		}
	}

	private static String text(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException notText) {
			throw new UnusableSecretException("is not text in UTF-8");
		}
	}

}
