package io.htgateway.web.hit;

import java.util.List;

import io.htgateway.access.Credential;
import io.htgateway.access.Team;
import io.htgateway.access.authentication.Authenticator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Caller of the last hit on one connection. The next request on it usually has the same
 * token, which is then not looked up again while the teams are unchanged. An expired JWT
 * is noticed a second later at most.
 */
final class ConnectionCaller {

	private static final long MAX_AGE_MILLIS = 1_000;

	private @Nullable List<String> authorization;

	private @Nullable Team team;

	private @Nullable Object edition;

	private long since;

	/**
	 * Returns the team of a request with the given headers, or null if it is not known
	 * yet.
	 * @param now time in milliseconds, by the clock of ages
	 */
	@Nullable Team find(HttpHeaders headers, Authenticator authenticator, long now) {
		if (authenticator.isOpen()) {
			return Team.ANONYMOUS;
		}
		List<String> values = headers.getAll(HttpHeaderNames.AUTHORIZATION);
		Object current = authenticator.edition();
		if (team == null || edition != current || now - since > MAX_AGE_MILLIS || !values.equals(authorization)) {
			edition = current;
			team = authenticator.known(Credential.find(headers::getAll));
			// If another header decides, this one says nothing about the next request.
			authorization = Credential.isBearer(values) ? values : null;
			since = now;
		}
		return team;
	}

}
