package io.htgateway.testing;

import java.time.Instant;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * The gateway's surroundings in a test: a clock to move, a client, and a count of what
 * reaches the framework.
 */
@TestConfiguration(proxyBeanMethods = false)
class GatewayTestConfiguration {

	@Bean
	MutableClock mutableClock() {
		return new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));
	}

	@Bean
	DynamicPropertyRegistrar gatewayProperties() {
		return (properties) -> {
			properties.add("gateway.cache.ttl-jitter", () -> 0);
			properties.add("management.server.port", () -> 0);
		};
	}

	// Where traces are made, their own watch is used.
	@Bean
	@Fallback
	LoadWaiters loadWaiters() {
		return new LoadWaiters();
	}

	@Bean
	SeenRequests seenRequests() {
		return new SeenRequests();
	}

	@Bean
	@Lazy
	Gateway gateway(WebServerApplicationContext context) {
		return Gateway.of(context.getEnvironment());
	}

	@Bean
	@Lazy
	Ways ways(Gateway gateway, SeenRequests seen) {
		return new Ways(gateway, seen);
	}

}
