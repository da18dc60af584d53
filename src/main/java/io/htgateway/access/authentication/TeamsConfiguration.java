package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

import io.htgateway.access.RateLimitHeaders;
import io.htgateway.access.config.ConfiguredTeams;
import io.htgateway.access.config.EndpointNames;
import io.htgateway.access.config.KnownNames;
import io.htgateway.access.config.SegmentIds;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.access.jwt.PlausibleJwt;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Shares;
import io.htgateway.settings.PropertyLocation;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.time.Dates;
import io.htgateway.time.RepeatedTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Configuration of the authentication of teams.
 */
@EnableConfigurationProperties(TeamsProperties.class)
@Configuration(proxyBeanMethods = false)
class TeamsConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(TeamsConfiguration.class);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

	private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(10);

	@Bean
	ConfiguredTeams configuredTeams(TeamsProperties properties, EndpointNames endpoints, SegmentIds segments,
			Environment environment) {
		try {
			return ConfiguredTeams.of(properties, new KnownNames(endpoints, segments));
		}
		catch (IllegalArgumentException unknownName) {
			throw new UnusableSettingsException(
					PropertyLocation.in(environment, String.valueOf(unknownName.getMessage())));
		}
	}

	@Bean
	Teams teams(ConfiguredTeams configuredTeams, TeamsProperties properties, Dates dates) {
		Teams teams = new Teams(configuredTeams.first(), properties.hasJwts(), dates.clock());
		if (teams.isOpen()) {
			LOG.warn("Open mode: everybody who reaches the gateway may call it without a token");
		}
		return teams;
	}

	@Bean
	Authenticator authenticator(Teams teams, TeamsProperties properties, Dates dates, HttpClientSettings clients) {
		TeamsProperties.Jwt jwt = properties.jwt();
		return new Authenticator(teams, verifier(jwt, dates.clock(), clients),
				(jwt != null) ? new PlausibleJwt(jwt, dates.clock()) : null, dates.clock());
	}

	// The startup does not wait for the issuer: team tokens work without it.
	@Bean
	SmartInitializingSingleton issuerCheck(Authenticator authenticator) {
		return () -> authenticator.checkIssuer().subscribe();
	}

	@Bean
	Shares upstreamShares(ConfiguredTeams configuredTeams) {
		return shares(configuredTeams.first());
	}

	// After all beans exist, so that everything that depends on teams learns of changes.
	@Bean
	SmartInitializingSingleton teamsChanges(ConfiguredTeams configuredTeams, Teams teams, CallBudget budget,
			ExpiryLog expiries, Scheduler secretFileScheduler) {
		return () -> configuredTeams.follow(secretFileScheduler, (next) -> {
			Shares shares = shares(next);
			Runnable change = teams.prepare(next);
			return () -> {
				change.run();
				budget.replace(shares);
				expiries.check();
			};
		});
	}

	@Bean
	ExpiryLog tokenExpiryLog(Teams teams, Dates dates) {
		return new ExpiryLog(teams, dates.clock());
	}

	@Bean(destroyMethod = "dispose")
	Disposable tokenExpiryChecks(ExpiryLog expiries) {
		expiries.check();
		return RepeatedTask.every(EXPIRY_INTERVAL, () -> Mono.fromRunnable(expiries::check));
	}

	@Bean
	RateLimitHeaders rateLimitHeaders(TeamsProperties properties) {
		return new RateLimitHeaders(properties.rateLimitHeaders());
	}

	private static Shares shares(List<TeamsProperties.Entry> teams) {
		return new Shares(teams.stream()
			.filter((team) -> team.upstreamShare() > 0)
			.collect(Collectors.toMap(TeamsProperties.Entry::name, TeamsProperties.Entry::upstreamShare)));
	}

	// Not built from the application's WebClient.Builder, whose filters are meant for
	// upstream calls.
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
