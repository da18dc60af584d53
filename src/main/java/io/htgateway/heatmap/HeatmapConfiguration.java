package io.htgateway.heatmap;

import io.htgateway.traffic.Endpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Registers the description of the endpoint for metrics, logs and purges.
 */
@EnableConfigurationProperties(HeatmapProperties.class)
@Configuration(proxyBeanMethods = false)
class HeatmapConfiguration {

	@Bean
	@Order(3)
	Endpoint heatmapEndpointDescription(HeatmapProperties properties) {
		return properties.endpoint();
	}

}
