package io.htgateway.web.page;

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
 * Leads to Swagger UI, and from there to the OpenAPI document, by relative links: they
 * hold whatever host, scheme and path prefix the gateway has outside, without being told
 * of them.
 */
final class RelativeSwaggerWelcome extends SwaggerWelcomeWebFlux {

	/**
	 * The page, seen from the root.
	 */
	static final String PAGE = "swagger-ui/index.html";

	/**
	 * The root, seen from the page.
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

	// The page finds its own address, and no scheme of the API needs it.
	@Override
	protected void calculateOauth2RedirectUrl(SwaggerUiConfigParameters parameters, UriComponentsBuilder builder) {
		parameters.setOauth2RedirectUrl(null);
	}

}
