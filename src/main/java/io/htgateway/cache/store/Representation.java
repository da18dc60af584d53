package io.htgateway.cache.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The body of a response in one content coding, immutable and not reference-counted.
 *
 * @param body the exact bytes, from position 0
 * @param etag their strong entity tag; equal bytes have equal tags
 */
public record Representation(ByteBuffer body, String etag) {

	public Representation {
		if (!body.isReadOnly() || body.position() != 0) {
			throw new IllegalArgumentException("body must be a read-only buffer that starts at 0");
		}
	}

	/**
	 * Creates a representation of the given bytes, which are not copied.
	 */
	public static Representation of(byte[] content) {
		return new Representation(ByteBuffer.wrap(content).asReadOnlyBuffer(), EntityTag.of(content));
	}

	/**
	 * Returns these bytes in off-heap memory, from where they are sent without a copy.
	 * @throws CacheRefusal.Overloaded if off-heap memory is exhausted
	 */
	public Representation offHeap() {
		if (body.isDirect()) {
			return this;
		}
		ByteBuffer direct = DirectMemory.allocate(length()).put(body()).flip();
		return new Representation(direct.asReadOnlyBuffer(), etag);
	}

	/**
	 * Returns this content with gzip coding.
	 */
	public Representation gzip() {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(length() / 2);
		try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
			out.write(bytes());
		}
		catch (IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
		return of(compressed.toByteArray());
	}

	/**
	 * Returns this content without its gzip coding.
	 * @param length length of the decompressed content, in bytes
	 * @throws IllegalArgumentException if this is not gzip, or has another length
	 */
	Representation gunzip(int length) {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes()))) {
			byte[] content = in.readNBytes(length);
			if (content.length == length && in.read() < 0) {
				return of(content);
			}
		}
		catch (IOException damaged) {
			throw new IllegalArgumentException("the body is not valid gzip", damaged);
		}
		throw new IllegalArgumentException("the decompressed body has another length");
	}

	/**
	 * Returns a copy of the bytes.
	 */
	public byte[] bytes() {
		byte[] bytes = new byte[length()];
		body().get(bytes);
		return bytes;
	}

	/**
	 * Returns a view of the bytes with its own position.
	 */
	@Override
	public ByteBuffer body() {
		return body.duplicate();
	}

	/**
	 * Returns the number of bytes.
	 */
	public int length() {
		return body.limit();
	}

}
