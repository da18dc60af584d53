package io.htgateway.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * File that is replaced as a whole: after a crash or a power cut it has either its old or
 * its new content.
 *
 * @param path the file
 * @param temporary file in the same directory that has the new content until it is
 * complete; only one thread at a time may write it
 */
public record DurableFile(Path path, Path temporary) {

	/**
	 * Replaces the content. The new content and its name are on the disk afterwards.
	 */
	public void replace(byte[] content) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(content);
		try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
		Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		try (FileChannel directory = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
			directory.force(true);
		}
	}

}
