package io.htgateway.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small text file that somebody else may replace at any time, maybe behind a symbolic
 * link.
 *
 * @param path where it is
 * @param maxSize bytes of the largest that is read
 */
record MountedFile(Path path, int maxSize) {

	/**
	 * Editors of Windows put it at the beginning.
	 */
	private static final String BYTE_ORDER_MARK = "\ufeff";

	/**
	 * What is in it now.
	 * @throws UnusableSecretException where that cannot be a secret
	 */
	Secret read() {
		// To read from a pipe or a device could take for ever.
		if (!Files.isRegularFile(path)) {
			throw new UnusableSecretException(Files.isDirectory(path)
					? "is a directory: name the file in it (a mount makes a directory where its source is missing)"
					: Files.exists(path) ? "is no regular file" : "is missing");
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
