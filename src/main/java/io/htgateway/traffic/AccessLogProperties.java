package io.htgateway.traffic;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether requests are logged.
 *
 * @param enabled whether each request is told in one line of the log
 */
@ConfigurationProperties(prefix = "gateway.access-log")
record AccessLogProperties(@DefaultValue("true") boolean enabled) {
}
