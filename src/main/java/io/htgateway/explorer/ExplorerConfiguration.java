package io.htgateway.explorer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.htgateway.access.authentication.Authenticator;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.stream.StreamProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * Maps the root of the gateway and the files of the explorer, if the explorer is on.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExplorerProperties.class)
class ExplorerConfiguration {

	/**
	 * Precedes the redirect from the root to Swagger UI.
	 */
	private static final int ORDER = -1;

	@Bean
	@ConditionalOnBooleanProperty(name = "gateway.explorer.enabled", matchIfMissing = true)
	SimpleUrlHandlerMapping explorerMapping(Authenticator authenticator, ObjectProvider<RecordedEndpoints> history,
			StreamProperties stream) {
		Collection<String> recorded = history.stream().findFirst().map(RecordedEndpoints::names).orElseGet(List::of);
		Duration interval = stream.enabled() ? stream.interval() : null;
		ExplorerHandler handler = new ExplorerHandler(ExplorerFiles.read(authenticator.isOpen(), recorded, interval));
		return new SimpleUrlHandlerMapping(Map.of("/", handler, ExplorerHandler.FILES, handler), ORDER);
	}

}
