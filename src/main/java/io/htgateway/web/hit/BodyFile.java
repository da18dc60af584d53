package io.htgateway.web.hit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a body in an open file without a name. The file is closed when it and all its
 * regions are released.
 */
final class BodyFile extends AbstractReferenceCounted {

	private static final Set<StandardOpenOption> OPTIONS = EnumSet.of(StandardOpenOption.CREATE_NEW,
			StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);

	private static final FileAttribute<?>[] OWNER_ONLY = {
			PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) };

	private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

	private final FileChannel file;

	private final int length;

	private BodyFile(FileChannel file, int length) {
		this.file = file;
		this.length = length;
	}

	/**
	 * Writes the given bytes to an unlisted file in the given directory. Creating the
	 * file also removes its name, so that no failure leaves a file behind.
	 * @throws IOException if the file cannot be written
	 */
	static BodyFile of(ByteBuffer body, Path directory) throws IOException {
		BodyFile created = new BodyFile(open(directory), body.remaining());
		boolean written = false;
		try {
			while (body.hasRemaining()) {
				created.file.write(body);
			}
			written = true;
			return created;
		}
		finally {
			if (!written) {
				created.release();
			}
		}
	}

	private static FileChannel open(Path directory) throws IOException {
		Path path = directory.resolve("body" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
		return FileChannel.open(path, OPTIONS,
				path.getFileSystem().supportedFileAttributeViews().contains("posix") ? OWNER_ONLY : NO_ATTRIBUTES);
	}

	/**
	 * Returns a region of all bytes, which can be written once, or null if the file is
	 * closed.
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
