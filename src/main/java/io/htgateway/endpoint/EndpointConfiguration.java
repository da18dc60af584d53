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
	EndpointNames endpointNames(List<Endpoint> endpoints) {
		return new EndpointNames(endpoints.stream().map(Endpoint::name).collect(Collectors.toCollection(TreeSet::new)));
	}

	// In the order of their text, where a word is before a variable: of two paths with as
	// many variables and characters the one wins whose word comes first.
	@Bean
	SimpleUrlHandlerMapping endpointMapping(List<MirroredEndpoint<?>> endpoints, ResponseWriter responses) {
		List<String> routes = endpoints.stream().map((endpoint) -> endpoint.description().route()).toList();
		Map<String, WebHandler> handlers = new TreeMap<>();
		endpoints.forEach((endpoint) -> {
			String route = endpoint.description().route();
			handlers.put(route, new EndpointHandler<>(endpoint, responses, OtherSpellings.of(route, routes)));
		});
		return new SimpleUrlHandlerMapping(handlers, ORDER);
	}

}
