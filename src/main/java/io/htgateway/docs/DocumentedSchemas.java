package io.htgateway.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.htgateway.web.problem.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds the schemas of response bodies to the API document. The gateway handles these
 * bodies as bytes, so no type in the code describes them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class DocumentedSchemas implements OpenApiCustomizer {

	private final Map<String, Schema<?>> schemas = new LinkedHashMap<>();

	DocumentedSchemas(JsonMapper json) throws IOException {
		String text = new ClassPathResource("openapi/schemas.json").getContentAsString(StandardCharsets.UTF_8);
		for (Map.Entry<String, JsonNode> schema : json.readTree(text).properties()) {
			schemas.put(schema.getKey(), Json31.mapper().readValue(schema.getValue().toString(), Schema.class));
		}
	}

	@Override
	public void customise(OpenAPI document) {
		schemas.forEach(document.getComponents()::addSchemas);
		ModelConverters.getInstance(true).readAll(Problem.class).forEach(document.getComponents()::addSchemas);
	}

}
