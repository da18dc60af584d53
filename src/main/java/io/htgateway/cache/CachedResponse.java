package io.htgateway.cache;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A complete response as it can be sent again and again. Its body is immutable and never
 * reference-counted; what is stored is off-heap, so that sending it copies nothing.
 *
 * @param body the exact bytes, from position 0
 * @param contentType their media type
 * @param etag their strong entity tag, the same wherever the bytes are the same
 * @param fetchedAt when the upstream gave them
 */
public record CachedResponse(ByteBuffer body, String contentType, String etag, Instant fetchedAt) {

	private static final int OVERHEAD = 256;

	public CachedResponse {
		if (!body.isReadOnly() || body.position() != 0) {
			throw new IllegalArgumentException("body must be a read-only buffer that starts at 0");
		}
	}

	/**
	 * A response with an off-heap copy of the given bytes.
	 */
	public static CachedResponse of(byte[] body, String contentType, Instant fetchedAt) {
		ByteBuffer direct = ByteBuffer.allocateDirect(body.length).put(body).flip();
		return new CachedResponse(direct.asReadOnlyBuffer(), contentType, EntityTag.of(body), fetchedAt);
	}

	/**
	 * The same response with another body, which is not copied.
	 */
	public CachedResponse withBody(byte[] part) {
		return new CachedResponse(ByteBuffer.wrap(part).asReadOnlyBuffer(), contentType, EntityTag.of(part), fetchedAt);
	}

	/**
	 * A view of the body with a position of its own.
	 */
	@Override
	public ByteBuffer body() {
		return body.duplicate();
	}

	/**
	 * Length of the body in bytes.
	 */
	public int length() {
		return body.limit();
	}

	/**
	 * Memory that this response takes, in bytes, roughly.
	 */
	int weight() {
		return Math.addExact(length(), OVERHEAD);
	}

}
