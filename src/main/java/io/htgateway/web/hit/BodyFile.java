package io.htgateway.web.hit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body in an open file that has no name any more. It is closed when it is
 * released and all its regions are.
 */
final class BodyFile extends AbstractReferenceCounted {

	private final FileChannel file;

	private final int length;

	private BodyFile(FileChannel file, int length) {
		this.file = file;
		this.length = length;
	}

	/**
	 * The given bytes in a file of the given directory, that is not listed there.
	 * @throws IOException if there is no place for them
	 */
	static BodyFile of(ByteBuffer body, Path directory) throws IOException {
		Path path = Files.createTempFile(directory, "body", null);
		FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.DELETE_ON_CLOSE);
		BodyFile made = new BodyFile(file, body.remaining());
		try {
			while (body.hasRemaining()) {
				file.write(body);
			}
			return made;
		}
		catch (IOException ex) {
			made.release();
			throw ex;
		}
	}

	/**
	 * All bytes, to be written once; null when the file is closed.
	 */
	@Nullable FileRegion region() {
		try {
			retain();
		}
		catch (IllegalReferenceCountException closed) {
			return null;
		}
		return new Region();
	}

	int length() {
		return length;
	}

	@Override
	protected void deallocate() {
		try {
			file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public ReferenceCounted touch(@Nullable Object hint) {
		return this;
	}

	private final class Region extends DefaultFileRegion {

		Region() {
			super(file, 0, length);
		}

		@Override
		protected void deallocate() {
			BodyFile.this.release();
		}

	}

}
