package io.htgateway.access.request;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of how client addresses are found.
 */
@EnableConfigurationProperties(AccessProperties.class)
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

	@Bean
	ClientAddresses clientAddresses(AccessProperties properties) {
		return new ClientAddresses(TrustedProxies.of(properties.trustedProxies()));
	}

}
