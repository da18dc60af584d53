package io.htgateway.heatmap;

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
@EnableConfigurationProperties(HeatmapProperties.class)
@Configuration(proxyBeanMethods = false)
class HeatmapConfiguration {

	private static final Tag COIN = new Tag("coin", RequestParameters.COIN, "a symbol, with its dex prefix if it has one");

	@Bean
	@Order(3)
	Endpoint heatmapEndpoint(HeatmapProperties properties) {
		return new Endpoint(HeatmapExport.NAME, HeatmapExport.PATH, properties.ttl(), properties.staleWhileRevalidate(),
				properties.staleIfError(), List.of(COIN));
	}

}
