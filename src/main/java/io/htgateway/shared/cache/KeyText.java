package io.htgateway.shared.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.htgateway.cache.store.CacheKey;

/**
 * The text of a key as Redis gets it: as it is where that is short, which operators can
 * read.
 */
final class KeyText {

	private static final int MAX_LENGTH = 100;

	private KeyText() {
	}

	static String of(CacheKey key) {
		String text = key.text();
		return (text.length() <= MAX_LENGTH) ? text
				: text.substring(0, text.indexOf('?') + 1) + "sha256=" + sha256(text);
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException everyJdkHasIt) {
			throw new IllegalStateException(everyJdkHasIt);
		}
	}

}
