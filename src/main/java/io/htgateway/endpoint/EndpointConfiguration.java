package io.htgateway.endpoint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.htgateway.access.config.EndpointNames;
import io.htgateway.traffic.Endpoint;
import io.htgateway.web.ResponseWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebHandler;

/**
 * Maps the path of each mirrored endpoint to its handler. If two paths match a request,
 * the more specific one wins.
 */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

	/**
	 * Precedes static files, which match every path.
	 */
	private static final int ORDER = 1;

	@Bean
	EndpointNames endpointNames(List<Endpoint> endpoints) {
		return new EndpointNames(endpoints.stream().map(Endpoint::name).collect(Collectors.toCollection(TreeSet::new)));
	}

	// Sorted by text, where a literal segment precedes a variable. If two paths have the
	// same number of variables and characters, the one whose literal segment comes first
	// wins.
	@Bean
	SimpleUrlHandlerMapping endpointMapping(List<MirroredEndpoint<?>> endpoints, ResponseWriter responses) {
		List<String> routes = endpoints.stream().map((endpoint) -> endpoint.description().route()).toList();
		Map<String, WebHandler> handlers = new TreeMap<>();
		endpoints.forEach((endpoint) -> {
			String route = endpoint.description().route();
			handlers.put(route, new EndpointHandler<>(endpoint, responses, CaseVariants.of(route, routes)));
		});
		return new SimpleUrlHandlerMapping(handlers, ORDER);
	}

}
