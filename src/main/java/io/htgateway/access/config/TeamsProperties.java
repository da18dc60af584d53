package io.htgateway.access.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.htgateway.access.Rights;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of teams: who may call, and how much. Without teams and JWTs, the gateway
 * starts only if it is open.
 *
 * @param teams the teams
 * @param teamsFile YAML file with gateway.access.teams, instead of that property; the
 * gateway reads it again when it changes
 * @param jwt issuer of JWTs; without it, the gateway accepts no JWTs
 * @param rateLimitHeaders whether responses to a team have RateLimit headers with its
 * remaining requests
 * @param open whether requests need no token; only without teams and JWTs
 */
@ConfigurationProperties(prefix = "gateway.access")
public record TeamsProperties(@DefaultValue List<Entry> teams, @Nullable Path teamsFile, @Nullable Jwt jwt,
		@DefaultValue("false") boolean rateLimitHeaders, @DefaultValue("false") boolean open) {

	public TeamsProperties {
		teams = List.copyOf(teams);
		TeamsCheck.check(teams, jwt != null);
	}

	/**
	 * Returns whether JWTs are accepted.
	 */
	public boolean hasJwts() {
		return jwt != null;
	}

	/**
	 * One team.
	 *
	 * @param name name of the team in logs and metrics: lowercase letters, digits and . _
	 * -
	 * @param tokenSha256 SHA-256 of the team's only token, which does not expire, as 64
	 * hexadecimal digits; otherwise use tokens
	 * @param subjects values of the JWT claim that name this team, besides its name
	 * @param requestsPerMinute most requests a minute; 0 means no limit
	 * @param upstreamShare fraction of the budget of upstream calls that is reserved for
	 * the team, from 0 to 1
	 * @param endpoints names of the endpoints that the team may use; all if not set
	 * @param coins coins that the team may read, such as BTC; all if not set
	 * @param segments ids of the cohorts that the team may read, as numbers and ranges of
	 * numbers; all if not set
	 * @param tokens the team's tokens: one, or two while the token is rotated
	 */
	@ConfigurationPropertiesSource
	public record Entry(@DefaultValue("") String name, @DefaultValue List<String> tokenSha256,
			@DefaultValue List<String> subjects, @DefaultValue("0") long requestsPerMinute,
			@DefaultValue("0") double upstreamShare, @Nullable List<String> endpoints, @Nullable List<String> coins,
			@Nullable List<String> segments, @DefaultValue List<Token> tokens) {

		public Entry {
			tokenSha256 = List.copyOf(tokenSha256);
			subjects = List.copyOf(subjects);
			endpoints = (endpoints != null) ? List.copyOf(endpoints) : null;
			coins = (coins != null) ? List.copyOf(coins) : null;
			segments = (segments != null) ? List.copyOf(segments) : null;
			tokens = List.copyOf(tokens);
		}

		/**
		 * Returns the tokens, however they are configured.
		 */
		public List<Token> allTokens() {
			return tokens.isEmpty() ? tokenSha256.stream().map((hash) -> new Token(hash, null)).toList() : tokens;
		}

		/**
		 * Returns what the team may read.
		 */
		public Rights rights() {
			return Rights.of(endpoints, coins, (segments != null) ? SegmentRange.ids(segments) : null);
		}

	}

	/**
	 * One token of a team.
	 *
	 * @param sha256 SHA-256 of the token as 64 hexadecimal digits
	 * @param notAfter when the token expires, in ISO 8601, such as 2027-01-31T00:00:00Z;
	 * it does not expire if not set
	 */
	@ConfigurationPropertiesSource
	public record Token(@DefaultValue("") String sha256, @Nullable String notAfter) {

		/**
		 * Returns when the token expires, or null if it does not.
		 */
		public @Nullable Instant expiry() {
			return (notAfter != null) ? Instant.parse(notAfter) : null;
		}

	}

	/**
	 * The issuer of accepted JWTs.
	 *
	 * @param issuerUri URL of the issuer, which JWTs must have in iss; its keys are found
	 * by OpenID Connect discovery, unless jwk-set-uri is set
	 * @param jwkSetUri URL of the issuer's public keys (JWK set)
	 * @param audience audience that JWTs must have in aud
	 * @param claim claim of a JWT that names the team
	 */
	public record Jwt(@Nullable URI issuerUri, @Nullable URI jwkSetUri, @DefaultValue("") String audience,
			@DefaultValue("sub") String claim) {

		public Jwt {
			if (issuerUri == null && jwkSetUri == null) {
				throw new IllegalArgumentException(
						"gateway.access.jwt needs issuer-uri or jwk-set-uri: set gateway.access.jwt.issuer-uri to the issuer of your"
								+ " JWTs, such as https://login.example.com");
			}
			if (audience.isBlank()) {
				throw new IllegalArgumentException(
						"gateway.access.jwt.audience is missing: set it to the aud claim of your JWTs, such as"
								+ " hypertracker-gateway");
			}
			if (claim.isBlank()) {
				throw new IllegalArgumentException(
						"gateway.access.jwt.claim is blank: set it to the claim that names the team, such as sub");
			}
			requireHttpUrl("issuer-uri", issuerUri);
			requireHttpUrl("jwk-set-uri", jwkSetUri);
		}

		/**
		 * Returns the configured URL of the keys: of the key set, else of the issuer.
		 */
		public URI keys() {
			return (jwkSetUri != null) ? jwkSetUri : Objects.requireNonNull(issuerUri);
		}

		private static void requireHttpUrl(String name, @Nullable URI uri) {
			if (uri != null && (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme()))) {
				throw new IllegalArgumentException("gateway.access.jwt." + name
						+ " must be an http or https URL, such as https://login.example.com");
			}
		}

	}

}
