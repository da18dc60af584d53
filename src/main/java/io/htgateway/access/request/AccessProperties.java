package io.htgateway.access.request;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the origin of requests.
 *
 * @param trustedProxies networks (CIDR) of proxies whose X-Forwarded-For names the
 * client; by default the client is the peer of the connection
 */
@ConfigurationProperties(prefix = "gateway.access")
record AccessProperties(@DefaultValue List<String> trustedProxies) {

	AccessProperties {
		trustedProxies = List.copyOf(trustedProxies);
		TrustedProxies.of(trustedProxies);
	}

}
