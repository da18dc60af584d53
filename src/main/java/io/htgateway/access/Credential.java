package io.htgateway.access;

import java.util.List;
import java.util.function.Function;

import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token that a request brings (RFC 6750 2.1).
 */
public final class Credential {

	private static final String SCHEME = "Bearer ";

	private Credential() {
	}

	/**
	 * The token, or null where there is none or more than one.
	 * @param headers gives all values of a request header by its name
	 */
	public static @Nullable Secret find(Function<String, List<String>> headers) {
		List<String> authorization = headers.apply("Authorization");
		if (authorization.size() > 1) {
			return null;
		}
		if (isBearer(authorization)) {
			return present(authorization.getFirst().substring(SCHEME.length()));
		}
		List<String> key = headers.apply("X-API-Key");
		return (key.size() == 1) ? present(key.getFirst()) : null;
	}

	/**
	 * Whether the given values of <code>Authorization</code> alone say what the token is.
	 */
	public static boolean isBearer(List<String> authorization) {
		return authorization.size() == 1 && authorization.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
	}

	private static @Nullable Secret present(String text) {
		Secret token = Secret.of(text);
		return token.isEmpty() ? null : token;
	}

}
