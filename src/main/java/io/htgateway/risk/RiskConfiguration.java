package io.htgateway.risk;

import io.htgateway.access.config.SegmentIds;
import io.htgateway.traffic.Endpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Registers the description of the endpoint for metrics, logs and purges.
 */
@EnableConfigurationProperties(RiskProperties.class)
@Configuration(proxyBeanMethods = false)
class RiskConfiguration {

	@Bean
	@Order(2)
	Endpoint riskEndpointDescription(RiskProperties properties) {
		return properties.endpoint();
	}

	@Bean
	SegmentIds segmentIds(RiskProperties properties) {
		return properties.ids();
	}

}
