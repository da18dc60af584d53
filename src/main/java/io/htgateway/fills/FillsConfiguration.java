package io.htgateway.fills;

import java.util.List;

import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Tag;
import io.htgateway.web.RequestParameters;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Makes the endpoint known to those who look from outside.
 */
@EnableConfigurationProperties(FillsProperties.class)
@Configuration(proxyBeanMethods = false)
class FillsConfiguration {

	private static final Tag COIN = new Tag("coin", RequestParameters.COIN, "a symbol, with its dex prefix if it has one");

	@Bean
	@Order(1)
	Endpoint fillsEndpoint(FillsProperties properties) {
		return new Endpoint(FillsQuery.NAME, FillsQuery.PATH, properties.ttl(), List.of(COIN));
	}

}
