package io.htgateway.web.hit;

import java.time.Duration;
import java.util.List;

import io.htgateway.access.Credential;
import io.htgateway.access.Team;
import io.htgateway.access.authentication.Authenticator;
import io.htgateway.access.authentication.VerifiedToken;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Caller of the last hit on one connection. The next request on it usually has the same
 * token, which is then not looked up again for a second while the teams are unchanged and
 * the token is valid.
 */
final class ConnectionCaller {

	private static final Duration MAX_AGE = Duration.ofSeconds(1);

	private @Nullable List<String> authorization;

	private @Nullable Team team;

	private @Nullable Object edition;

	private long until;

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
		if (team == null || edition != current || now >= until || !values.equals(authorization)) {
			edition = current;
			VerifiedToken token = authenticator.verified(Credential.find(headers::getAll));
			team = (token != null) ? token.team() : null;
			until = now + ((token != null) ? validFor(token, authenticator).toMillis() : 0);
			// If another header decides, this one says nothing about the next request.
			authorization = Credential.isBearer(values) ? values : null;
		}
		return team;
	}

	private static Duration validFor(VerifiedToken token, Authenticator authenticator) {
		Duration valid = authenticator.validFor(token);
		return (valid.compareTo(MAX_AGE) < 0) ? valid : MAX_AGE;
	}

}
