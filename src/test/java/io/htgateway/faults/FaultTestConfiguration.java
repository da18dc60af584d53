package io.htgateway.faults;

import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * Puts the gateway before an upstream with faults, and trusts its certificates.
 */
@TestConfiguration(proxyBeanMethods = false)
class FaultTestConfiguration {

	private static final String TRUST = "faults";

	@Bean
	FaultyUpstream faultyUpstream() {
		return new FaultyUpstream();
	}

	// As a property it would be too late: bundles are read before there are such ones.
	@Bean
	SslBundleRegistrar faultyUpstreamTrust(FaultyUpstream upstream) {
		SslBundle trust = SslBundle.of(SslStoreBundle.of(null, null, upstream.trust()));
		return (bundles) -> bundles.registerBundle(TRUST, trust);
	}

	@Bean
	DynamicPropertyRegistrar faultyUpstreamProperties(FaultyUpstream upstream) {
		return (properties) -> {
			properties.add("gateway.upstream.base-url", upstream::uri);
			properties.add("gateway.upstream.api-key", () -> "key");
			properties.add("spring.http.clients.ssl.bundle", () -> TRUST);
		};
	}

}
