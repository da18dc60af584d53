package io.htgateway.stream.web;

import java.util.Map;

import io.htgateway.docs.DocumentedProblems;
import io.htgateway.stream.Feed;
import io.htgateway.stream.StreamProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * Route of the streams, if they are on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.stream.enabled")
class StreamWebConfiguration {

	/**
	 * Precedes static files, which match every path.
	 */
	private static final int ORDER = 1;

	@Bean
	SimpleUrlHandlerMapping streamMapping(StreamProperties properties, Feed feed) {
		StreamSlots slots = new StreamSlots(properties.maxStreams(), properties.maxStreamsPerTeam());
		return new SimpleUrlHandlerMapping(Map.of(StreamHandler.ROUTE, new StreamHandler(feed, slots)), ORDER);
	}

	@Bean
	DocumentedStream documentedStream(DocumentedProblems problems) {
		return new DocumentedStream(problems);
	}

}
