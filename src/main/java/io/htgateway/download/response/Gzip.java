package io.htgateway.download.response;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Files that are stored gzip-compressed (RFC 1952), with or without saying so.
 */
public final class Gzip {

	private static final int MAX_LAYERS = 4;

	private Gzip() {
	}

	/**
	 * Returns the given bytes, decompressed as often as they are compressed.
	 * @throws DownloadException.Malformed if they are broken, compressed too often, or
	 * larger than <code>maxSize</code> after any decompression
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

	public static boolean isCompressed(byte[] bytes) {
		return bytes.length >= 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
	}

	/**
	 * The given bytes decompressed.
	 * @throws DownloadException.Malformed when they are broken, or more than
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
