package io.htgateway.docs;

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
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.webflux.ui.SwaggerIndexTransformer;
import org.springdoc.webflux.ui.SwaggerWelcomeCommon;
import org.springdoc.webflux.ui.SwaggerWelcomeWebFlux;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configuration of Swagger UI and of the API document's title, security schemes and
 * examples.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration implements WebFluxConfigurer {

	private static final String TEAM_TOKEN = "teamToken";

	private static final String API_KEY = "apiKey";

	// An empty requirement makes the other ones optional.
	private static final SecurityRequirement OPEN_MODE = new SecurityRequirement();

	// Creating the document reads files and takes locks, which must not block an event
	// loop.
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

	// The server URL is relative to the document (/v3/api-docs), so that "Try it out"
	// calls the gateway that served the page, with its path prefix and independent of the
	// Host and X-Forwarded-* headers.
	@Bean
	OpenAPI openApi(JsonMapper json, ObjectProvider<BuildProperties> build) throws IOException {
		String version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown");
		return new OpenAPI()
			.components(new Components().addExamples("fills", example(json, "fills"))
				.addExamples("liquidation-risk", example(json, "liquidation-risk"))
				.addExamples("liquidation-heatmap", example(json, "liquidation-heatmap"))
				.addSecuritySchemes(TEAM_TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP)
					.scheme("bearer")
					.description("Your team's token, or your JWT, as `Authorization: Bearer <token>`. Enter it"
							+ " without `Bearer`. Never enter the HyperTracker key. A gateway in open mode needs"
							+ " no token."))
				.addSecuritySchemes(API_KEY,
						new SecurityScheme().type(SecurityScheme.Type.APIKEY)
							.in(SecurityScheme.In.HEADER)
							.name("X-API-Key")
							.description("Your team's token in the header `X-API-Key`, for clients that cannot send"
									+ " `Authorization`. Never enter the HyperTracker key. If a request has both"
									+ " headers, `Authorization: Bearer` applies.")))
			.security(List.of(new SecurityRequirement().addList(TEAM_TOKEN), new SecurityRequirement().addList(API_KEY),
					OPEN_MODE))
			.info(new Info().title("hypertracker-gateway")
				.version(version)
				.description("HyperTracker's liquidation data for the teams of one organisation. Requests and response"
						+ " bodies are those of HyperTracker's API. A shared cache answers where it can;"
						+ " otherwise the gateway calls HyperTracker with the organisation's API key. Send your"
						+ " team's token with each request, unless the gateway runs in open mode. Errors are"
						+ " problem details (RFC 9457).")
				.license(new License().name("Apache 2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
			.servers(List.of(new Server().url("..").description("This gateway")));
	}

	@Bean
	SwaggerIndexTransformer swaggerIndexTransformer(SwaggerUiConfigProperties swaggerUi,
			SwaggerUiOAuthProperties authorization, SwaggerWelcomeCommon welcome, ObjectMapperProvider json) {
		return new SessionAuthorization(swaggerUi, authorization, welcome, json);
	}

	private static Example example(JsonMapper json, String name) throws IOException {
		String text = new ClassPathResource("openapi/" + name + ".json").getContentAsString(StandardCharsets.UTF_8);
		return new Example().value(
				json.readerFor(Object.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readValue(text));
	}

}
