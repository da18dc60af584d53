package io.htgateway.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * A file that is compressed with gzip, as those of the object store may be.
 */
public final class GzipFile {

	private GzipFile() {
	}

	/**
	 * Returns the file that has the given content.
	 */
	public static byte[] of(byte[] plain) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
			out.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return packed.toByteArray();
	}

	/**
	 * Returns the file that has the given content, compressed as often as the given
	 * number says.
	 */
	public static byte[] of(byte[] plain, int layers) {
		return (layers == 0) ? plain : of(of(plain), layers - 1);
	}

}
