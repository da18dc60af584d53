package io.htgateway.teams;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

import io.htgateway.budget.Shares;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds what tells teams apart.
 */
@Configuration(proxyBeanMethods = false)
class TeamsConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(TeamsConfiguration.class);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

	@Bean
	Teams teams(TeamsProperties properties, InstantSource clock) {
		Teams teams = new Teams(properties, clock);
		if (teams.isOpen()) {
			LOG.warn("Open mode: neither gateway.teams nor gateway.teams-jwt is set, so everybody who reaches this"
					+ " gateway may call it");
		}
		return teams;
	}

	@Bean
	Authenticator authenticator(Teams teams, TeamsProperties properties, InstantSource clock,
			HttpClientSettings clients) {
		TeamsProperties.Jwt jwt = properties.teamsJwt();
		return new Authenticator(teams, verifier(jwt, clock, clients), clock);
	}

	@Bean
	Shares upstreamShares(TeamsProperties properties) {
		Map<String, Double> parts = properties.teams()
			.stream()
			.filter((team) -> team.upstreamShare() > 0)
			.collect(Collectors.toMap(TeamsProperties.Entry::name, TeamsProperties.Entry::upstreamShare));
		return new Shares(parts);
	}

	@Bean
	RateLimitHeaders rateLimitHeaders(TeamsProperties properties) {
		return new RateLimitHeaders(properties.rateLimitHeaders());
	}

	// Not built from the application's WebClient.Builder: what that adds to every call is
	// for the upstream.
	private static @Nullable JwtVerifier verifier(TeamsProperties.@Nullable Jwt jwt, InstantSource clock,
			HttpClientSettings clients) {
		if (jwt == null) {
			return null;
		}
		HttpClientSettings settings = HttpClientSettings.ofSslBundle(clients.sslBundle())
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(CONNECT_TIMEOUT, READ_TIMEOUT);
		WebClient keys = WebClient.builder()
			.clientConnector(ClientHttpConnectorBuilder.reactor().build(settings))
			.build();
		return new JwtVerifier(jwt, keys, clock);
	}

}
