package io.htgateway.risk;

import io.htgateway.traffic.Endpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Makes the endpoint known to those who look from outside.
 */
@EnableConfigurationProperties(RiskProperties.class)
@Configuration(proxyBeanMethods = false)
class RiskConfiguration {

	@Bean
	@Order(2)
	Endpoint riskEndpointDescription(RiskProperties properties) {
		return properties.endpoint();
	}

}
