package io.htgateway.upstream;

import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.secret.Secret;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Builds the upstream client: own connections, no redirects, no cookies, one key.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	private static final String PRINTABLE = "[\\x21-\\x7e]+";

	@Bean(destroyMethod = "dispose")
	ConnectionProvider upstreamConnections() {
		return ConnectionProvider.builder("upstream")
			.maxConnections(64)
			.pendingAcquireMaxCount(256)
			.pendingAcquireTimeout(Duration.ofSeconds(1))
			.maxIdleTime(Duration.ofSeconds(20))
			.maxLifeTime(Duration.ofMinutes(10))
			.evictInBackground(Duration.ofSeconds(10))
			.build();
	}

	@Bean
	UpstreamClient upstreamClient(WebClient.Builder builder, UpstreamProperties properties,
			ConnectionProvider upstreamConnections, InstantSource clock) {
		requireUsable(properties.apiKey());
		WebClient webClient = builder.clone()
			.baseUrl(properties.baseUrl().toString())
			.clientConnector(connector(properties, upstreamConnections))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(Math.toIntExact(properties.maxSize().toBytes())))
			.defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
			.defaultHeader(HttpHeaders.USER_AGENT, "hypertracker-gateway")
			.filter(new ApiKeyFilter(properties.baseUrl(), properties.apiKey()))
			.build();
		return new UpstreamClient(webClient, properties, clock);
	}

	private static ClientHttpConnector connector(UpstreamProperties properties, ConnectionProvider connections) {
		return ClientHttpConnectorBuilder.reactor()
			.withHttpClientFactory(() -> InterimResponses.dropFor(HttpClient.create(connections)))
			.build(HttpClientSettings.defaults()
				.withRedirects(HttpRedirects.DONT_FOLLOW)
				.withTimeouts(properties.connectTimeout(), properties.responseTimeout()));
	}

	private static void requireUsable(Secret apiKey) {
		if (apiKey.isEmpty()) {
			throw new UnusableApiKeyException("No HyperTracker API key is configured.");
		}
		if (!apiKey.reveal().matches(PRINTABLE)) {
			throw new UnusableApiKeyException(
					"The configured HyperTracker API key has white space or characters outside printable ASCII.");
		}
	}

}
