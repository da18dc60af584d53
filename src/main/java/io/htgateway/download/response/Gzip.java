package io.htgateway.download.response;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Decompression of gzip files (RFC 1952), whether or not their headers declare it.
 */
public final class Gzip {

	private static final int MAX_LAYERS = 4;

	private Gzip() {
	}

	/**
	 * Returns the given bytes, decompressed as often as they are compressed, up to four
	 * times.
	 * @param maxSize limit of bytes after each decompression
	 * @throws DownloadException.Malformed if they are corrupt, compressed more often, or
	 * over the limit
	 */
	public static byte[] unpack(byte[] bytes, int maxSize) {
		byte[] plain = bytes;
		for (int layer = 0; isCompressed(plain); layer++) {
			if (layer == MAX_LAYERS) {
				throw new DownloadException.Malformed("a file that is compressed more than " + MAX_LAYERS + " times");
			}
			plain = decompress(plain, maxSize);
		}
		return plain;
	}

	/**
	 * Returns whether the given bytes begin like a gzip file.
	 */
	public static boolean isCompressed(byte[] bytes) {
		return bytes.length >= 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
	}

	/**
	 * Returns the given bytes, decompressed once.
	 * @throws DownloadException.Malformed if they are corrupt, or more than
	 * <code>maxSize</code> after decompression
	 */
	static byte[] decompress(byte[] bytes, int maxSize) {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			byte[] plain = in.readNBytes(maxSize);
			if (in.read() != -1) {
				throw new DownloadException.Malformed("a file over the size limit");
			}
			return plain;
		}
		catch (IOException broken) {
			throw new DownloadException.Malformed("a broken gzip file");
		}
	}

}
