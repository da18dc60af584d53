package io.htgateway.upstream;

import java.time.Duration;
import java.util.List;

import io.htgateway.breaker.Breaker;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.CallBudget;
import io.htgateway.http.InterimResponses;
import io.htgateway.http.ResponseHead;
import io.htgateway.time.Dates;
import io.htgateway.tls.ClientTls;
import io.htgateway.tls.TlsHandshakes;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.guard.Replicas;
import io.htgateway.upstream.guard.UpstreamGuard;
import io.htgateway.upstream.response.ResponseReader;
import io.htgateway.upstream.response.UpstreamAddress;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Configures the upstream client: its own connections, without automatic redirects or
 * cookies, and with one API key.
 */
@EnableConfigurationProperties(UpstreamProperties.class)
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	// Common servers close idle connections after five seconds or later, so the gateway
	// closes them earlier.
	@Bean(destroyMethod = "dispose")
	ConnectionProvider upstreamConnections(ConnectionProvider.MeterRegistrar poolMeters) {
		return ConnectionProvider.builder("upstream")
			.maxConnections(64)
			.pendingAcquireMaxCount(256)
			.pendingAcquireTimeout(Duration.ofMillis(750))
			.maxIdleTime(Duration.ofSeconds(4))
			.maxLifeTime(Duration.ofMinutes(10))
			.evictInBackground(Duration.ofSeconds(10))
			.metrics(true, () -> poolMeters)
			.build();
	}

	// Calls that take three quarters of the response timeout count as slow: the upstream
	// is about to fail.
	@Bean
	Breaker upstreamBreaker(UpstreamProperties properties, Dates dates) {
		Duration slow = properties.responseTimeout().multipliedBy(3).dividedBy(4);
		return new Breaker("upstream", slow, UpstreamGuard::isFault, dates.waiting());
	}

	@Bean
	UpstreamGuard upstreamGuard(Breaker upstreamBreaker, Dates dates, ObjectProvider<Replicas> replicas) {
		return new UpstreamGuard(upstreamBreaker, dates.waiting(), replicas.getIfAvailable(() -> Replicas.NONE));
	}

	@Bean
	ApiKey apiKey(UpstreamProperties properties, Scheduler secretFileScheduler, UpstreamGuard upstreamGuard) {
		ApiKey key = ApiKey.of(properties);
		upstreamGuard.useKey(key.mark());
		key.follow(secretFileScheduler, () -> upstreamGuard.keyChanged(key.mark()));
		upstreamGuard.onKeyHint(() -> key.checkFile(secretFileScheduler));
		return key;
	}

	@Bean
	ConfiguredUpstream configuredUpstream(UpstreamProperties properties, ConfigurableEnvironment environment) {
		return new ConfiguredUpstream(UpstreamAddress.of(properties.baseUrl()).toString(),
				KeySource.of(properties, environment));
	}

	@Bean
	CallMeters callMeters(MeterRegistry meters, List<Endpoint> endpoints) {
		return new CallMeters(meters, endpoints);
	}

	@Bean
	UpstreamClient upstreamClient(WebClient.Builder builder, UpstreamProperties properties, ApiKey apiKey,
			ConnectionProvider upstreamConnections, UpstreamGuard upstreamGuard, CallBudget budget,
			CallMeters callMeters, Dates dates, HttpClientSettings clients, BudgetProperties plan) {
		WebClient webClient = builder.clone()
			.baseUrl(properties.baseUrl().toString())
			.clientConnector(connector(properties, upstreamConnections, clients.sslBundle()))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(Math.toIntExact(properties.maxSize().toBytes())))
			.defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
			.defaultHeader(HttpHeaders.USER_AGENT, "hypertracker-gateway")
			.filter(new ApiKeyFilter(properties.baseUrl(), apiKey.current()))
			.build();
		UpstreamAddress address = UpstreamAddress.of(properties.baseUrl());
		return new UpstreamClient(address, webClient, responseReader(address, properties, apiKey, dates), upstreamGuard,
				budget, callMeters, properties.callLimit(), plan.maxWait(), Schedulers.parallel());
	}

	private static ResponseReader responseReader(UpstreamAddress address, UpstreamProperties properties, ApiKey apiKey,
			Dates dates) {
		return new ResponseReader(address, apiKey.current(), properties.maxSize().toBytes(), dates.clock());
	}

	// The client's own retries are off, because their calls would not be counted.
	private static ClientHttpConnector connector(UpstreamProperties properties, ConnectionProvider connections,
			@Nullable SslBundle tls) {
		return ClientHttpConnectorBuilder.reactor()
			.withHttpClientFactory(() -> TlsHandshakes.markFor(ClientTls.secure(
					ResponseHead.limit(InterimResponses.dropFor(HttpClient.create(connections).disableRetry(true))),
					tls)))
			.build(HttpClientSettings.defaults()
				.withRedirects(HttpRedirects.DONT_FOLLOW)
				.withTimeouts(properties.connectTimeout(), properties.responseTimeout()));
	}

}
