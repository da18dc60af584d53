package io.htgateway.download;

import java.time.Duration;

import io.htgateway.breaker.Breaker;
import io.htgateway.http.InterimResponses;
import io.htgateway.http.ResponseHead;
import io.htgateway.time.Dates;
import io.htgateway.tls.ClientTls;
import io.htgateway.tls.TlsHandshakes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Configures downloads: their own connections without automatic redirects and without the
 * API key, to public addresses only.
 */
@EnableConfigurationProperties(DownloadProperties.class)
@Configuration(proxyBeanMethods = false)
class DownloadConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(DownloadConfiguration.class);

	private static final String ALL_OF_AMAZON = "*.amazonaws.com";

	// Each host has its own pool, and links may name any number of hosts, so unused pools
	// are disposed of.
	@Bean(destroyMethod = "dispose")
	ConnectionProvider downloadConnections(ConnectionProvider.MeterRegistrar poolMeters) {
		return ConnectionProvider.builder("downloads")
			.maxConnections(16)
			.pendingAcquireMaxCount(64)
			.pendingAcquireTimeout(Duration.ofMillis(750))
			.maxIdleTime(Duration.ofSeconds(4))
			.evictInBackground(Duration.ofSeconds(10))
			.disposeInactivePoolsInBackground(Duration.ofMinutes(1), Duration.ofMinutes(10))
			.metrics(true, () -> poolMeters)
			.build();
	}

	@Bean
	Breaker downloadBreaker(DownloadProperties properties, Dates dates) {
		Duration slow = properties.timeout().multipliedBy(3).dividedBy(4);
		return new Breaker("downloads", slow, FileDownloader::isFault, dates.waiting());
	}

	// The application's WebClient.Builder is not used: the metrics and traces that it
	// adds to every call would contain the signed link.
	@Bean
	FileDownloader fileDownloader(DownloadProperties properties, ConnectionProvider downloadConnections,
			Breaker downloadBreaker, HttpClientSettings clients, Dates dates) {
		if (properties.allowedHosts().contains(ALL_OF_AMAZON)) {
			LOG.warn("gateway.downloads.allowed-hosts allows {}, a domain under which anybody can run a server; use {}"
					+ " to allow only the hosts of Amazon S3", ALL_OF_AMAZON, S3Hosts.NAME);
		}
		int maxSize = Math.toIntExact(properties.maxSize().toBytes());
		WebClient webClient = WebClient.builder()
			.clientConnector(connector(properties, downloadConnections, clients.sslBundle()))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(maxSize))
			.build();
		return new FileDownloader(webClient, AllowedTargets.from(properties), downloadBreaker,
				new StorePause(dates.waiting()), maxSize, properties.timeout(), dates.clock());
	}

	// The client's defaults are off: they decompress before the size limit counts.
	static ClientHttpConnector connector(DownloadProperties properties, ConnectionProvider connections,
			@Nullable SslBundle tls) {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(properties.connectTimeout(), properties.responseTimeout());
		return ClientHttpConnectorBuilder.reactor()
			.withoutHttpClientDefaults()
			.withHttpClientFactory(() -> TlsHandshakes.markFor(ClientTls
				.secure(ResponseHead.limit(InterimResponses.dropFor(HttpClient.create(connections))), tls)))
			.build(properties.allowInsecure() ? settings : settings.withInetAddressFilter(publicAddresses()));
	}

	// Adds ranges that Spring Boot does not exclude: three more forms of IPv4 addresses
	// (RFC 4291 2.5.5.1, RFC 2765 2.1, RFC 8215), documentation (RFC 9637) and segment
	// identifiers (RFC 9602).
	static InetAddressFilter publicAddresses() {
		return InetAddressFilter.externalAddresses()
			.andNot("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "3fff::/20", "5f00::/16");
	}

}
