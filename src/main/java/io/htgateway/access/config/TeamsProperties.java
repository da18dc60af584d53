package io.htgateway.access.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call, and how much.
 *
 * @param teams the teams; without any, and without a source of JWTs, everybody may call
 * @param teamsFile file with gateway.teams, instead of that property; read again when it
 * changes
 * @param teamsJwt where JWTs come from, if they are taken
 * @param rateLimitHeaders whether responses to a team have RateLimit headers with its
 * remaining requests
 */
@ConfigurationProperties(prefix = "gateway")
public record TeamsProperties(@DefaultValue List<Entry> teams, @Nullable Path teamsFile, @Nullable Jwt teamsJwt,
		@DefaultValue("false") boolean rateLimitHeaders) {

	public TeamsProperties {
		teams = List.copyOf(teams);
		TeamsCheck.check(teams, teamsJwt != null);
	}

	/**
	 * Whether JWTs are taken.
	 */
	public boolean hasJwts() {
		return teamsJwt != null;
	}

	/**
	 * One team.
	 *
	 * @param name its name in logs and metrics
	 * @param tokenSha256 SHA-256 of its token; more than one while tokens are changed
	 * @param subjects what JWTs of the team have in the claim that names it, beside its
	 * name
	 * @param requestsPerMinute most requests a minute; 0 means that there is no such
	 * limit
	 * @param upstreamShare part of the budget of upstream calls that is kept for it
	 * @param endpoints names of the endpoints that it may use; all unless set
	 */
	@ConfigurationPropertiesSource
	public record Entry(@DefaultValue("") String name, @DefaultValue List<String> tokenSha256,
			@DefaultValue List<String> subjects, @DefaultValue("0") long requestsPerMinute,
			@DefaultValue("0") double upstreamShare, @Nullable List<String> endpoints) {

		public Entry {
			tokenSha256 = List.copyOf(tokenSha256);
			subjects = List.copyOf(subjects);
			endpoints = (endpoints != null) ? List.copyOf(endpoints) : null;
		}

	}

	/**
	 * Where JWTs come from.
	 *
	 * @param issuerUri who issues JWTs; its keys are found by OpenID Connect discovery,
	 * unless jwk-set-uri says where they are
	 * @param jwkSetUri where the keys are that JWTs are signed with
	 * @param audience whom the JWTs must be for
	 * @param claim claim of a JWT that names the team
	 */
	public record Jwt(@Nullable URI issuerUri, @Nullable URI jwkSetUri, @DefaultValue("") String audience,
			@DefaultValue("sub") String claim) {

		public Jwt {
			if (issuerUri == null && jwkSetUri == null) {
				throw new IllegalArgumentException(
						"gateway.teams-jwt needs issuer-uri or jwk-set-uri: set gateway.teams-jwt.issuer-uri to the issuer of your"
								+ " JWTs, such as https://login.example.com");
			}
			if (audience.isBlank()) {
				throw new IllegalArgumentException(
						"gateway.teams-jwt.audience is missing: set it to the aud claim of your JWTs, such as"
								+ " hypertracker-gateway");
			}
			if (claim.isBlank()) {
				throw new IllegalArgumentException("gateway.teams-jwt.claim must be the name of a claim");
			}
			requireWeb("issuer-uri", issuerUri);
			requireWeb("jwk-set-uri", jwkSetUri);
		}

		/**
		 * Returns the configured location of the keys.
		 */
		public URI keys() {
			return (jwkSetUri != null) ? jwkSetUri : Objects.requireNonNull(issuerUri);
		}

		private static void requireWeb(String name, @Nullable URI uri) {
			if (uri != null && (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme()))) {
				throw new IllegalArgumentException("gateway.teams-jwt." + name
						+ " must be an http or https URL, such as https://login.example.com");
			}
		}

	}

}
