package io.htgateway.ops.meter;

import java.time.Instant;

import io.htgateway.access.authentication.Teams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * Publishes when the last token of each team expires.
 */
@Component
final class TokenExpiryMeters implements MeterBinder {

	private final Teams teams;

	TokenExpiryMeters(Teams teams) {
		this.teams = teams;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		teams.forEachName((team) -> Gauge
			.builder("gateway.team.token.expiry.timestamp.seconds", teams, (current) -> expiry(current, team))
			.description("Time when the last token of the team expires, in seconds since 1970")
			.tag("team", team)
			.register(registry));
	}

	private static double expiry(Teams teams, String team) {
		Instant expiry = teams.tokenExpiry(team);
		return (expiry != null) ? expiry.getEpochSecond() : Double.NaN;
	}

}
