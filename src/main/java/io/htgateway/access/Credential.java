package io.htgateway.access;

import java.util.List;
import java.util.function.Function;

import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token in a request's headers (RFC 6750 2.1).
 */
public final class Credential {

	private static final String SCHEME = "Bearer ";

	private Credential() {
	}

	/**
	 * Returns the token of a request: from <code>Authorization: Bearer</code>, else from
	 * <code>X-API-Key</code>. Returns null if there is no token or more than one.
	 * @param headers returns all values of the request header with the given name
	 */
	public static @Nullable Secret find(Function<String, List<String>> headers) {
		List<String> authorization = headers.apply("Authorization");
		if (authorization.size() > 1) {
			return null;
		}
		if (isBearer(authorization)) {
			return nonEmpty(authorization.getFirst().substring(SCHEME.length()));
		}
		List<String> key = headers.apply("X-API-Key");
		return (key.size() == 1) ? nonEmpty(key.getFirst()) : null;
	}

	/**
	 * Returns whether the given values of <code>Authorization</code> are one bearer
	 * token, so that no other header is read.
	 */
	public static boolean isBearer(List<String> authorization) {
		return authorization.size() == 1 && authorization.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
	}

	private static @Nullable Secret nonEmpty(String text) {
		Secret token = Secret.of(text);
		return token.isEmpty() ? null : token;
	}

}
