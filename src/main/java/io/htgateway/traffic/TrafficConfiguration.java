package io.htgateway.traffic;

import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Creates the access log in the format of the other logs.
 */
@EnableConfigurationProperties(AccessLogProperties.class)
@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {

	@Bean
	AccessLog accessLog(AccessLogProperties properties, Environment environment, MeterRegistry meters) {
		boolean structured = Stream.of("console", "file")
			.anyMatch((output) -> environment.containsProperty("logging.structured.format." + output));
		Counter dropped = Counter.builder("gateway.access.log.dropped")
			.description("Access log lines dropped because they came too fast or could not be written")
			.register(meters);
		return new AccessLog(properties.enabled(), properties.logged(), structured, dropped);
	}

}
