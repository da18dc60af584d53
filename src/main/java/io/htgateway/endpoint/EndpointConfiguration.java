package io.htgateway.endpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.web.ResponseWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebHandler;

/**
 * Maps the path of each mirrored endpoint to its handler. Of two paths that match a
 * request the more specific one wins.
 */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

	/**
	 * Before static files, which match every path.
	 */
	private static final int ORDER = 1;

	@Bean
	SimpleUrlHandlerMapping endpointMapping(List<MirroredEndpoint<?>> endpoints, ResponseWriter responses) {
		Map<String, WebHandler> handlers = new HashMap<>();
		endpoints.forEach(
				(endpoint) -> handlers.put(endpoint.description().route(), new EndpointHandler<>(endpoint, responses)));
		return new SimpleUrlHandlerMapping(handlers, ORDER);
	}

}
