package io.htgateway.shared.cache;

import java.util.HexFormat;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.digest.Sha256;

/**
 * The text of a cache key in Redis: unchanged and readable for operators if it is short,
 * otherwise with its parameters as a digest.
 */
final class CacheKeyText {

	private static final int MAX_LENGTH = 100;

	private CacheKeyText() {
	}

	static String of(CacheKey key) {
		String text = key.text();
		return (text.length() <= MAX_LENGTH) ? text
				: text.substring(0, text.indexOf('?') + 1) + "sha256=" + HexFormat.of().formatHex(Sha256.of(text));
	}

}
