package io.htgateway.shared;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Has what is set for replicas checked, even where they share nothing.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SharedProperties.class)
class SharedPropertiesConfiguration {

}
