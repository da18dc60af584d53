package io.htgateway.access.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Check that the configuration says who may call. A gateway is open only by decision, not
 * because teams are missing.
 */
final class AccessCheck {

	private static final String WAYS = """
			Choose who may call, in one of three ways (docs/teams.md):

			Teams with tokens: run java -jar hypertracker-gateway.jar --new-team-token=research, and add the team that \
			it prints to gateway.access.teams, or to the file that gateway.access.teams-file names.

			Callers with JWTs of your issuer: set gateway.access.jwt.issuer-uri (environment variable \
			GATEWAY_ACCESS_JWT_ISSUER_URI) and gateway.access.jwt.audience (GATEWAY_ACCESS_JWT_AUDIENCE).

			Everybody who reaches the gateway, without a token, such as on a laptop: set gateway.access.open to true \
			(environment variable GATEWAY_ACCESS_OPEN=true).""";

	private AccessCheck() {
	}

	/**
	 * Requires that requests need a token, or that the gateway is explicitly open.
	 * @throws UnusableTeamsException if nobody may call, or the gateway is open although
	 * teams or JWTs are configured
	 */
	static void check(TeamsProperties properties) {
		List<String> configured = configured(properties);
		if (configured.isEmpty() && !properties.open()) {
			throw new UnusableTeamsException(
					"Nobody may call this gateway: neither teams nor JWTs are configured, and it is not open.", WAYS);
		}
		if (!configured.isEmpty() && properties.open()) {
			String names = String.join(" and ", configured);
			throw new UnusableTeamsException(
					"gateway.access.open is true, which excludes %s: an open gateway checks no tokens."
						.formatted(names),
					"Remove gateway.access.open if requests must have a token, or %s if they need none."
						.formatted(names));
		}
	}

	private static List<String> configured(TeamsProperties properties) {
		return Stream
			.of(properties.teams().isEmpty() ? "" : "gateway.access.teams",
					(properties.teamsFile() != null) ? "gateway.access.teams-file" : "",
					properties.hasJwts() ? "gateway.access.jwt" : "")
			.filter((name) -> !name.isEmpty())
			.toList();
	}

}
