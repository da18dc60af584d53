package io.htgateway.web.connection;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway shuts down.
 *
 * @param delay how long requests are still answered after SIGTERM, while readiness is 503
 */
@ConfigurationProperties(prefix = "gateway.drain")
record DrainProperties(@DefaultValue("0s") Duration delay) {

	private static final Duration MIN = Duration.ofSeconds(1);

	private static final Duration MAX = Duration.ofMinutes(10);

	DrainProperties {
		if (!delay.isZero() && (delay.compareTo(MIN) < 0 || delay.compareTo(MAX) > 0)) {
			throw new IllegalArgumentException("gateway.drain.delay must be 0s, or from 1s to 10m");
		}
	}

}
