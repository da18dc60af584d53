package io.htgateway.traffic;

import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Builds the access log in the form that the other logs have.
 */
@EnableConfigurationProperties(AccessLogProperties.class)
@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {

	@Bean
	AccessLog accessLog(AccessLogProperties properties, Environment environment, MeterRegistry meters) {
		boolean structured = Stream.of("console", "file")
			.anyMatch((output) -> environment.containsProperty("logging.structured.format." + output));
		Counter dropped = Counter.builder("gateway.access.log.dropped")
			.description("Lines of the access log that were dropped because they came too fast")
			.register(meters);
		return new AccessLog(properties.enabled(), properties.logged(), structured, dropped);
	}

}
