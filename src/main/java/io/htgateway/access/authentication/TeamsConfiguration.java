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
import io.htgateway.access.issuer.IssuerClient;
import io.htgateway.access.issuer.IssuerProperties;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.share.Shares;
import io.htgateway.settings.PropertyLocation;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.time.Dates;
import io.htgateway.time.RepeatedTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Configuration of the authentication of teams.
 */
@EnableConfigurationProperties({ TeamsProperties.class, IssuerProperties.class })
@Configuration(proxyBeanMethods = false)
class TeamsConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(TeamsConfiguration.class);

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
	IssuerClient issuerClient(IssuerProperties properties, TeamsProperties teams, HttpClientSettings clients,
			Scheduler secretFileScheduler) {
		TeamsProperties.Jwt jwt = teams.jwt();
		IssuerClient client = new IssuerClient(properties, (jwt != null) ? jwt.keys() : null, clients.sslBundle());
		client.watch(secretFileScheduler);
		return client;
	}

	@Bean
	Authenticator authenticator(Teams teams, TeamsProperties properties, IssuerClient issuerClient, Dates dates) {
		TeamsProperties.Jwt jwt = properties.jwt();
		JwtVerifier verifier = (jwt != null) ? new JwtVerifier(jwt, issuerClient.client(), dates.clock()) : null;
		return new Authenticator(teams, verifier, dates.clock());
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
	SmartInitializingSingleton teamsChanges(ConfiguredTeams configuredTeams, Teams teams, KnownShares known,
			ExpiryLog expiries, Scheduler secretFileScheduler) {
		return () -> configuredTeams.follow(secretFileScheduler, (next) -> {
			Shares shares = shares(next);
			Runnable change = teams.prepare(next);
			return () -> {
				change.run();
				expiries.check();
				known.replace(shares);
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
	KnownShares knownShares(CallBudget budget, Shares upstreamShares, InstantSource clock) {
		return new KnownShares(budget, upstreamShares, clock);
	}

	@Bean
	RateLimitHeaders rateLimitHeaders(TeamsProperties properties, KnownShares shares) {
		return new RateLimitHeaders(properties.rateLimitHeaders(), shares::headers);
	}

	private static Shares shares(List<TeamsProperties.Entry> teams) {
		return new Shares(teams.stream()
			.filter((team) -> team.upstreamShare() > 0)
			.collect(Collectors.toMap(TeamsProperties.Entry::name, TeamsProperties.Entry::upstreamShare)));
	}

}
