package io.htgateway.web.filter;

import java.util.List;

import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.authentication.Teams;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * Counts the requests that were refused because of their caller.
 */
@Component
final class TeamMeters {

	private static final String UNAUTHENTICATED = "unauthenticated";

	private static final String EXPIRED = "expired";

	private static final String TOO_MANY = "too-many";

	private static final String KEYS_UNAVAILABLE = "keys-unavailable";

	private static final String UNKNOWN_TEAM = "unknown-team";

	private final MeterRegistry meters;

	TeamMeters(MeterRegistry meters, Teams teams) {
		this.meters = meters;
		List.of(UNAUTHENTICATED, EXPIRED, TOO_MANY, KEYS_UNAVAILABLE, UNKNOWN_TEAM).forEach(this::failures);
		teams.forEachName(this::exceeded);
	}

	void refused(TeamRefusal refusal) {
		switch (refusal) {
			case TeamRefusal.Unauthenticated _ -> failures(UNAUTHENTICATED).increment();
			case TeamRefusal.TokenExpired _ -> failures(EXPIRED).increment();
			case TeamRefusal.TooManyFailures _, TeamRefusal.TooManyJwts _ -> failures(TOO_MANY).increment();
			case TeamRefusal.KeysUnavailable _ -> failures(KEYS_UNAVAILABLE).increment();
			case TeamRefusal.UnknownTeam _ -> failures(UNKNOWN_TEAM).increment();
			case TeamRefusal.QuotaExceeded _, TeamRefusal.TooManyStreams _, TeamRefusal.EndpointNotAllowed _,
					TeamRefusal.DataNotAllowed _ ->
				{
				}
		}
	}

	void exceeded(Team team) {
		exceeded(team.name()).increment();
	}

	private Counter exceeded(String team) {
		return Counter.builder("gateway.quota.exceeded")
			.description("Requests refused because their team exceeded its limit of requests in a minute")
			.tag("team", team)
			.register(meters);
	}

	private Counter failures(String reason) {
		return Counter.builder("gateway.authentication.failures")
			.description("Requests refused because their caller could not be authenticated")
			.tag("reason", reason)
			.register(meters);
	}

}
