package io.htgateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.webflux.ui.SwaggerIndexPageTransformer;
import org.springdoc.webflux.ui.SwaggerWelcomeCommon;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.reactive.resource.ResourceTransformerChain;
import org.springframework.web.reactive.resource.TransformedResource;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Adds a plugin to Swagger UI that stores tokens for the session of the browser tab.
 * Swagger UI itself either forgets them on each reload or stores them permanently.
 */
final class SessionAuthorization extends SwaggerIndexPageTransformer {

	private static final String INITIALIZER = "swagger-initializer.js";

	private static final String PLUGINS = "SwaggerUIBundle.plugins.DownloadUrl";

	private static final Resource PLUGIN = new ClassPathResource("openapi/session-authorization.js");

	SessionAuthorization(SwaggerUiConfigProperties swaggerUi, SwaggerUiOAuthProperties authorization,
			SwaggerWelcomeCommon welcome, ObjectMapperProvider json) {
		super(swaggerUi, authorization, welcome, json);
	}

	@Override
	public Mono<Resource> transform(ServerWebExchange exchange, Resource resource, ResourceTransformerChain chain) {
		Mono<Resource> transformed = super.transform(exchange, resource, chain);
		return INITIALIZER.equals(resource.getFilename()) ? transformed.map(SessionAuthorization::withPlugin)
				: transformed;
	}

	private static Resource withPlugin(Resource initializer) {
		try {
			String script = initializer.getContentAsString(StandardCharsets.UTF_8);
			String extended = script.replace(PLUGINS, PLUGINS + ", SessionAuthorization")
					+ PLUGIN.getContentAsString(StandardCharsets.UTF_8);
			return new TransformedResource(initializer, extended.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

}
