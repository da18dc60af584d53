package io.htgateway.docs;

import java.net.URI;

import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigParameters;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.webflux.ui.SwaggerWelcomeWebFlux;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Links to Swagger UI, and from there to the API document, by relative URLs. They work
 * with any external host, scheme and path prefix of the gateway.
 */
final class RelativeSwaggerWelcome extends SwaggerWelcomeWebFlux {

	/**
	 * Path of the page relative to the root.
	 */
	static final String PAGE = "swagger-ui/index.html";

	/**
	 * Path of the root relative to the page.
	 */
	private static final String ROOT = "..";

	RelativeSwaggerWelcome(SwaggerUiConfigProperties swaggerUi, SpringDocConfigProperties springDoc,
			ObjectProvider<SpringWebProvider> provider) {
		super(swaggerUi, springDoc, provider);
	}

	@Override
	public Mono<Void> redirectToUi(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.FOUND);
		exchange.getResponse().getHeaders().setLocation(URI.create(PAGE));
		return exchange.getResponse().setComplete();
	}

	@Override
	protected String buildUrlWithContextPath(SwaggerUiConfigParameters parameters, String path) {
		return ROOT + path;
	}

	// Without a value Swagger UI computes the URL itself. The API has no OAuth2 scheme.
	@Override
	protected void calculateOauth2RedirectUrl(SwaggerUiConfigParameters parameters, UriComponentsBuilder builder) {
		parameters.setOauth2RedirectUrl(null);
	}

}
