package io.htgateway.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret text whose printed form is masked. Reading one from configuration never fails,
 * because a binding error would print what could not be read: whoever uses it checks it.
 */
public final class Secret {

	private static final String MASK = "******";

	private final String value;

	private Secret(String value) {
		this.value = value;
	}

	/**
	 * A secret of the given text, without the white space around it (a mounted file often
	 * ends in a line break).
	 */
	public static Secret of(String value) {
		return new Secret(value.strip());
	}

	/**
	 * The text itself: only for the place that has to send or compare it.
	 */
	public String reveal() {
		return value;
	}

	/**
	 * The given text with this secret masked wherever it stands.
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
