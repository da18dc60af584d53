package io.htgateway.shared.cache;

import java.util.HexFormat;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.digest.Sha256;

/**
 * The text of a key as Redis gets it: as it is where that is short, which operators can
 * read.
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
