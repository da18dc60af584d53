package io.htgateway.access.config;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

import io.htgateway.digest.Sha256;
import io.htgateway.secret.Secret;

/**
 * The SHA-256 of a token. Comparisons take a time that does not depend on where two
 * hashes differ.
 */
public final class TokenHash {

	private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

	private final byte[] bytes;

	private TokenHash(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Hashes the given token.
	 */
	public static TokenHash of(Secret token) {
		return new TokenHash(Sha256.of(token.reveal()));
	}

	/**
	 * Parses a hash of 64 hexadecimal digits.
	 */
	public static TokenHash parse(String hex) {
		return new TokenHash(HexFormat.of().parseHex(hex));
	}

	/**
	 * Returns whether the given text is a hash of 64 hexadecimal digits.
	 */
	static boolean isHash(String text) {
		return HEX.matcher(text).matches();
	}

	/**
	 * Returns whether both are the same, in constant time.
	 */
	public boolean matches(TokenHash other) {
		return MessageDigest.isEqual(bytes, other.bytes);
	}

	/**
	 * Returns the hash as 64 lowercase hexadecimal digits.
	 */
	public String hex() {
		return HexFormat.of().formatHex(bytes);
	}

}
