package io.htgateway.fills;

import io.htgateway.traffic.Endpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Registers the description of the endpoint for metrics, logs and purges.
 */
@EnableConfigurationProperties(FillsProperties.class)
@Configuration(proxyBeanMethods = false)
class FillsConfiguration {

	@Bean
	@Order(1)
	Endpoint fillsEndpointDescription(FillsProperties properties) {
		return properties.endpoint();
	}

}
