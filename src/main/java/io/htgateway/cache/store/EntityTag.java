package io.htgateway.cache.store;

import java.util.Arrays;
import java.util.Base64;

import io.htgateway.digest.Sha256;

/**
 * Strong entity tags (RFC 9110 8.8.3). They depend on the content alone, so they are the
 * same in every replica and after a restart.
 */
final class EntityTag {

	private static final int BYTES = 16;

	private EntityTag() {
	}

	static String of(byte[] content) {
		byte[] digest = Arrays.copyOf(Sha256.of(content), BYTES);
		return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
	}

}
