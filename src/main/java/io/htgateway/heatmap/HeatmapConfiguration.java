package io.htgateway.heatmap;

import io.htgateway.traffic.Endpoint;
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

	@Bean
	@Order(3)
	Endpoint heatmapEndpointDescription(HeatmapProperties properties) {
		return properties.endpoint();
	}

}
