package io.htgateway.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret text whose printed form is masked. Binding one from configuration never fails,
 * because a binding error would print the value: its users validate it.
 */
public final class Secret {

	private static final String MASK = "******";

	private final String value;

	private Secret(String value) {
		this.value = value;
	}

	/**
	 * Creates a secret from the given text without the white space around it (a mounted
	 * file often ends with a line break).
	 */
	public static Secret of(String value) {
		return new Secret(value.strip());
	}

	/**
	 * Returns the text itself, only for code that sends or compares it.
	 */
	public String reveal() {
		return value;
	}

	/**
	 * Returns the given text with every occurrence of this secret masked.
	 */
	public String maskIn(String text) {
		return value.isEmpty() ? text : text.replace(value, MASK);
	}

	public boolean isEmpty() {
		return value.isEmpty();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
	}

	@Override
	public int hashCode() {
		return value.hashCode();
	}

	@Override
	public String toString() {
		return MASK;
	}

	private byte[] bytes() {
		return value.getBytes(StandardCharsets.UTF_8);
	}

}
