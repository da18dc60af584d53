package io.htgateway.access.config;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

import io.htgateway.digest.Sha256;
import io.htgateway.secret.Secret;

/**
 * The SHA-256 of a token. Two are compared in a time that does not tell where they
 * differ.
 */
public final class TokenHash {

	private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

	private final byte[] bytes;

	private TokenHash(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * The hash of the given token.
	 */
	public static TokenHash of(Secret token) {
		return new TokenHash(Sha256.of(token.reveal()));
	}

	/**
	 * The hash that is written in hexadecimal.
	 */
	public static TokenHash parse(String hex) {
		return new TokenHash(HexFormat.of().parseHex(hex));
	}

	static boolean isHash(String text) {
		return HEX.matcher(text).matches();
	}

	public boolean matches(TokenHash other) {
		return MessageDigest.isEqual(bytes, other.bytes);
	}

	public String hex() {
		return HexFormat.of().formatHex(bytes);
	}

}
