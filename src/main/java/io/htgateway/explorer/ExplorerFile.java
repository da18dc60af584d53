package io.htgateway.explorer;

import java.util.Base64;

import io.htgateway.cache.store.Representation;
import io.htgateway.digest.Sha256;
import org.springframework.http.MediaType;

/**
 * File of the explorer, in memory, also compressed.
 *
 * @param type media type
 * @param content content
 * @param gzip content, compressed with gzip
 * @param etag weak entity tag of the content, compressed or not (RFC 9110 8.8.3)
 */
@SuppressWarnings("ArrayRecordComponent")
record ExplorerFile(MediaType type, byte[] content, byte[] gzip, String etag) {

	private static final int DIGEST_LENGTH = 12;

	static ExplorerFile of(MediaType type, byte[] content) {
		return new ExplorerFile(type, content, Representation.of(content).gzip().bytes(),
				"W/\"" + digest(content) + '"');
	}

	/**
	 * Returns the first 72 bits of the SHA-256 of the given content, as text for a URL.
	 */
	static String digest(byte[] content) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(content)).substring(0, DIGEST_LENGTH);
	}

}
