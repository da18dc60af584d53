package io.htgateway.usage;

import java.time.InstantSource;
import java.util.Map;

import io.htgateway.docs.DocumentedProblems;
import io.htgateway.web.filter.UncountedPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps the path of the usage to its handler.
 */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

	/**
	 * Precedes static files, which match every path.
	 */
	private static final int ORDER = 1;

	@Bean
	UncountedPath usagePath() {
		return new UncountedPath(UsageHandler.ROUTE);
	}

	@Bean
	SimpleUrlHandlerMapping usageMapping(Usages usages, InstantSource clock, JsonMapper json) {
		return new SimpleUrlHandlerMapping(Map.of(UsageHandler.ROUTE, new UsageHandler(usages, clock, json)), ORDER);
	}

	@Bean
	DocumentedUsage documentedUsage(DocumentedProblems problems) {
		return new DocumentedUsage(problems);
	}

}
