package io.htgateway.cache.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes of a response in one content coding, immutable and never reference-counted.
 *
 * @param body the exact bytes, from position 0
 * @param etag their strong entity tag, the same wherever the bytes are the same
 */
public record Representation(ByteBuffer body, String etag) {

	public Representation {
		if (!body.isReadOnly() || body.position() != 0) {
			throw new IllegalArgumentException("body must be a read-only buffer that starts at 0");
		}
	}

	/**
	 * The given bytes, which are not copied.
	 */
	static Representation of(byte[] content) {
		return new Representation(ByteBuffer.wrap(content).asReadOnlyBuffer(), EntityTag.of(content));
	}

	/**
	 * The same bytes off-heap, where sending them copies nothing.
	 * @throws CacheRefusal.Overloaded if no memory is left for them
	 */
	public Representation offHeap() {
		if (body.isDirect()) {
			return this;
		}
		ByteBuffer direct = DirectMemory.allocate(length()).put(body()).flip();
		return new Representation(direct.asReadOnlyBuffer(), etag);
	}

	/**
	 * The gzip coding of the same content.
	 */
	Representation gzip() {
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
	 * What this is the gzip coding of.
	 * @param length number of its bytes
	 * @throws IllegalArgumentException where this is no gzip of so many bytes
	 */
	Representation gunzip(int length) {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes()))) {
			byte[] content = in.readNBytes(length);
			if (content.length == length && in.read() < 0) {
				return of(content);
			}
		}
		catch (IOException damaged) {
			throw new IllegalArgumentException("no gzip", damaged);
		}
		throw new IllegalArgumentException("gzip of another length");
	}

	/**
	 * A copy of the bytes.
	 */
	public byte[] bytes() {
		byte[] bytes = new byte[length()];
		body().get(bytes);
		return bytes;
	}

	/**
	 * A view of the bytes with a position of its own.
	 */
	@Override
	public ByteBuffer body() {
		return body.duplicate();
	}

	/**
	 * Number of bytes.
	 */
	public int length() {
		return body.limit();
	}

}
