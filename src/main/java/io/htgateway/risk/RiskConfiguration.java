package io.htgateway.risk;

import java.util.List;
import java.util.regex.Pattern;

import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Tag;
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

	private static final Tag COHORT = new Tag("cohort", Pattern.compile("[1-9][0-9]{0,8}"), "the number of a cohort");

	@Bean
	@Order(2)
	Endpoint riskEndpoint(RiskProperties properties) {
		return new Endpoint(RiskCalls.NAME, RiskCalls.PATH, properties.ttl(), properties.staleWhileRevalidate(),
				properties.staleIfError(), List.of(COHORT));
	}

}
