package io.htgateway.fills;

import io.htgateway.traffic.Endpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the endpoint known to those who look from outside.
 */
@Configuration(proxyBeanMethods = false)
class FillsConfiguration {

	@Bean
	Endpoint fillsEndpoint() {
		return new Endpoint(FillsQuery.NAME, FillsQuery.PATH);
	}

}
