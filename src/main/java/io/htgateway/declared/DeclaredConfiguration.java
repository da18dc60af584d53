package io.htgateway.declared;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Registers the declared endpoints.
 */
@Configuration(proxyBeanMethods = false)
@Import(DeclaredEndpoints.class)
class DeclaredConfiguration {

}
