package io.htgateway.access;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where requests come from.
 *
 * @param trustedProxies networks (CIDR) of the proxies in front whose X-Forwarded-For
 * names the client; without any, the client is whoever connects
 */
@ConfigurationProperties(prefix = "gateway.access", ignoreUnknownFields = false)
record AccessProperties(@DefaultValue List<String> trustedProxies) {

	AccessProperties {
		trustedProxies = List.copyOf(trustedProxies);
		TrustedProxies.of(trustedProxies);
	}

}
