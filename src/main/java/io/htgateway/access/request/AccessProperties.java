package io.htgateway.access.request;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of client addresses.
 *
 * @param trustedProxies networks (CIDR) of proxies whose X-Forwarded-For header names the
 * client; without any, the client is the peer of the connection
 */
@ConfigurationProperties(prefix = "gateway.access")
record AccessProperties(@DefaultValue List<String> trustedProxies) {

	AccessProperties {
		trustedProxies = List.copyOf(trustedProxies);
		TrustedProxies.of(trustedProxies);
	}

}
