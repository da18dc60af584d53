package io.htgateway.cache.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Strong entity tags (RFC 9110 8.8.3) made from content alone, so that they are the same
 * on every replica and after a restart.
 */
final class EntityTag {

	private static final int BYTES = 16;

	private EntityTag() {
	}

	static String of(byte[] content) {
		byte[] digest = Arrays.copyOf(sha256().digest(content), BYTES);
		return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException everyJdkHasIt) {
			throw new IllegalStateException(everyJdkHasIt);
		}
	}

}
