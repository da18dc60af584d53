package io.htgateway.fills;

import io.htgateway.traffic.Endpoint;
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

	@Bean
	@Order(1)
	Endpoint fillsEndpointDescription(FillsProperties properties) {
		return properties.endpoint();
	}

}
