package io.htgateway.shared;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Validates <code>gateway.shared.*</code> even if sharing is off.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SharedProperties.class)
class SharedPropertiesConfiguration {

}
