package io.htgateway.cache.store;

import org.jspecify.annotations.Nullable;

/**
 * A complete response that can be sent many times.
 *
 * @param identity the body without content coding
 * @param gzip the body with gzip coding, or null if it was not compressed
 * @param contentType media type of the body
 * @param origin the source of the response, and when it was fetched
 */
public record CachedResponse(Representation identity, @Nullable Representation gzip, String contentType,
		Origin origin) {

	private static final int OVERHEAD = 512;

	/**
	 * Smallest body that is compressed: smaller ones fit into one packet anyway.
	 */
	private static final int MIN_GZIP_SIZE = 1024;

	/**
	 * Creates a response with the given bytes, which are not copied.
	 */
	public static CachedResponse of(byte[] body, String contentType, Origin origin) {
		return new CachedResponse(Representation.of(body), null, contentType, origin);
	}

	/**
	 * Creates a response from a gzip body, which becomes its gzip variant.
	 * @param length length of the decompressed body, in bytes
	 * @throws IllegalArgumentException if the body is not gzip, or has another length
	 */
	public static CachedResponse ofGzip(byte[] gzip, int length, String contentType, Origin origin) {
		Representation compressed = Representation.of(gzip);
		return new CachedResponse(compressed.gunzip(length), compressed, contentType, origin);
	}

	/**
	 * Returns this response with another body, which is not copied.
	 */
	public CachedResponse withBody(byte[] part) {
		return of(part, contentType, origin);
	}

	/**
	 * Returns this response with another origin.
	 */
	public CachedResponse withOrigin(Origin other) {
		return new CachedResponse(identity, gzip, contentType, other);
	}

	/**
	 * Returns this response after its source confirmed it.
	 */
	public CachedResponse confirmed(Origin confirmation) {
		return new CachedResponse(identity, gzip, contentType, confirmation);
	}

	/**
	 * Returns whether the response is large enough for a gzip variant and has none.
	 */
	public boolean lacksGzip() {
		return gzip == null && identity.length() >= MIN_GZIP_SIZE;
	}

	/**
	 * Returns this response with a gzip variant, unless it is too small for one.
	 */
	public CachedResponse withGzip() {
		return lacksGzip() ? new CachedResponse(identity, identity.gzip(), contentType, origin) : this;
	}

	/**
	 * Returns this response with the gzip variant of the given one, if that has one and
	 * the bodies are equal.
	 */
	public CachedResponse withVariantOf(CachedResponse other) {
		boolean reusable = gzip == null && other.gzip != null && identity.etag().equals(other.identity.etag());
		return reusable ? new CachedResponse(identity, other.gzip, contentType, origin) : this;
	}

	/**
	 * Returns this response with its bodies in off-heap memory.
	 */
	public CachedResponse offHeap() {
		boolean offHeap = identity.body().isDirect() && (gzip == null || gzip.body().isDirect());
		return offHeap ? this
				: new CachedResponse(identity.offHeap(), (gzip != null) ? gzip.offHeap() : null, contentType, origin);
	}

	/**
	 * Returns the approximate memory of this response, in bytes.
	 */
	public int weight() {
		return Math.addExact(identity.length() + OVERHEAD, (gzip != null) ? gzip.length() : 0);
	}

}
