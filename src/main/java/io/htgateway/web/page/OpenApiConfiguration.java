package io.htgateway.web.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.webflux.ui.SwaggerWelcomeWebFlux;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The head of the API's OpenAPI document.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration implements WebFluxConfigurer {

	// Making the document reads files and takes locks, which must not stop an event loop.
	@Override
	public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
		configurer.setExecutor(new VirtualThreadTaskExecutor("api-docs-"))
			.setControllerMethodPredicate((method) -> method.getBeanType().getName().startsWith("org.springdoc."));
	}

	@Bean
	SwaggerWelcomeWebFlux swaggerWelcome(SwaggerUiConfigProperties swaggerUi, SpringDocConfigProperties springDoc,
			ObjectProvider<SpringWebProvider> provider) {
		return new RelativeSwaggerWelcome(swaggerUi, springDoc, provider);
	}

	// A server relative to the document (/v3/api-docs), so that "Try it out" calls the
	// instance that served the page, under its path prefix, whatever the Host or
	// X-Forwarded-* headers of a request.
	@Bean
	OpenAPI openApi(JsonMapper json) throws IOException {
		return new OpenAPI()
			.components(new Components().addExamples("fills", example(json, "fills"))
				.addExamples("liquidation-risk", example(json, "liquidation-risk"))
				.addExamples("liquidation-heatmap", example(json, "liquidation-heatmap"))
				.addSecuritySchemes("teamToken",
						new SecurityScheme().type(SecurityScheme.Type.HTTP)
							.scheme("bearer")
							.description("A team's token or JWT; not needed where the gateway runs in open mode"))
				.addSecuritySchemes("apiKey",
						new SecurityScheme().type(SecurityScheme.Type.APIKEY)
							.in(SecurityScheme.In.HEADER)
							.name("X-API-Key")
							.description("The same in another header")))
			.addSecurityItem(new SecurityRequirement().addList("teamToken"))
			.addSecurityItem(new SecurityRequirement().addList("apiKey"))
			.info(new Info().title("hypertracker-gateway")
				.version("1")
				.description("HyperTracker's liquidation data for the teams of one organisation: the same requests and"
						+ " the same bytes as upstream, from a shared cache where possible and with the"
						+ " organisation's one API key where necessary. Errors are problem details (RFC 9457).")
				.license(new License().name("Apache 2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
			.servers(List.of(new Server().url("..").description("This gateway")));
	}

	private static Example example(JsonMapper json, String name) throws IOException {
		String text = new ClassPathResource("openapi/" + name + ".json").getContentAsString(StandardCharsets.UTF_8);
		return new Example().value(json.readValue(text, Object.class));
	}

}
