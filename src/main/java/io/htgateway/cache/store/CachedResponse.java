package io.htgateway.cache.store;

import org.jspecify.annotations.Nullable;

/**
 * A complete response as it can be sent again and again.
 *
 * @param identity its bytes as they are
 * @param gzip its bytes compressed, where that was worth it
 * @param contentType media type of the bytes
 * @param origin where and when they came from
 */
public record CachedResponse(Representation identity, @Nullable Representation gzip, String contentType,
		Origin origin) {

	private static final int OVERHEAD = 512;

	/**
	 * Bodies below this size stay as they are: one packet holds them anyway.
	 */
	private static final int MIN_GZIP_SIZE = 1024;

	/**
	 * A response with the given bytes, which are not copied.
	 */
	public static CachedResponse of(byte[] body, String contentType, Origin origin) {
		return new CachedResponse(Representation.of(body), null, contentType, origin);
	}

	/**
	 * A response whose bytes are given as gzip, which is kept as its gzip variant.
	 * @param length number of its bytes
	 * @throws IllegalArgumentException where this is no gzip of so many bytes
	 */
	public static CachedResponse ofGzip(byte[] gzip, int length, String contentType, Origin origin) {
		Representation compressed = Representation.of(gzip);
		return new CachedResponse(compressed.gunzip(length), compressed, contentType, origin);
	}

	/**
	 * The same response with another body, which is not copied.
	 */
	public CachedResponse withBody(byte[] part) {
		return of(part, contentType, origin);
	}

	/**
	 * Returns the same response from another source.
	 */
	public CachedResponse withOrigin(Origin other) {
		return new CachedResponse(identity, gzip, contentType, other);
	}

	/**
	 * The same response, confirmed by its source.
	 */
	public CachedResponse confirmed(Origin confirmation) {
		return new CachedResponse(identity, gzip, contentType, confirmation);
	}

	/**
	 * Whether a gzip variant would be worth it and was not made.
	 */
	public boolean lacksGzip() {
		return gzip == null && identity.length() >= MIN_GZIP_SIZE;
	}

	/**
	 * The same response with a gzip variant, unless it is too small for one.
	 */
	public CachedResponse withGzip() {
		return lacksGzip() ? new CachedResponse(identity, identity.gzip(), contentType, origin) : this;
	}

	/**
	 * The same response with the gzip variant of the given one, if that has one and its
	 * bytes are the same.
	 */
	public CachedResponse withVariantOf(CachedResponse other) {
		boolean fits = gzip == null && other.gzip != null && identity.etag().equals(other.identity.etag());
		return fits ? new CachedResponse(identity, other.gzip, contentType, origin) : this;
	}

	/**
	 * The same response with all its bytes off-heap; itself if they are.
	 */
	public CachedResponse offHeap() {
		boolean offHeap = identity.body().isDirect() && (gzip == null || gzip.body().isDirect());
		return offHeap ? this
				: new CachedResponse(identity.offHeap(), (gzip != null) ? gzip.offHeap() : null, contentType, origin);
	}

	/**
	 * Memory that this response takes, in bytes, roughly.
	 */
	public int weight() {
		return Math.addExact(identity.length() + OVERHEAD, (gzip != null) ? gzip.length() : 0);
	}

}
