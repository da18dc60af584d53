package io.htgateway.web.hit;

import java.util.List;

import io.htgateway.access.Credential;
import io.htgateway.access.Team;
import io.htgateway.access.authentication.Authenticator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The caller of the last hit on one connection: the next request there mostly has the
 * same token, which is then not looked up again while teams are the same. A JWT that has
 * ended is found out a second later.
 */
final class ConnectionCaller {

	private static final long MAX_AGE_MILLIS = 1_000;

	private @Nullable List<String> authorization;

	private @Nullable Team team;

	private @Nullable Object edition;

	private long since;

	/**
	 * The team of a request with the given headers, or null where it is not known yet.
	 * @param now in milliseconds, by the clock of ages
	 */
	@Nullable Team find(HttpHeaders headers, Authenticator authenticator, long now) {
		if (authenticator.isOpen()) {
			return Team.ANONYMOUS;
		}
		List<String> values = headers.getAll(HttpHeaderNames.AUTHORIZATION);
		Object present = authenticator.edition();
		if (team == null || edition != present || now - since > MAX_AGE_MILLIS || !values.equals(authorization)) {
			edition = present;
			team = authenticator.known(Credential.find(headers::getAll));
			// Where it is not this header that decides, it tells nothing of the next.
			authorization = Credential.isBearer(values) ? values : null;
			since = now;
		}
		return team;
	}

}
