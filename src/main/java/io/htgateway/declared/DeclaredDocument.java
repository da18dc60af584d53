package io.htgateway.declared;

import java.util.ArrayList;
import java.util.List;

import io.htgateway.endpoint.EndpointDocument;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

/**
 * Creates the API documents of declared endpoints.
 */
final class DeclaredDocument {

	private static final String JSON = "application/json";

	private static final String UNKNOWN = "HyperTracker does not have the path, or a value in it. `detail` repeats its reason.";

	private DeclaredDocument() {
	}

	/**
	 * Returns the document of the endpoint with the given name and properties.
	 */
	static EndpointDocument of(String name, DeclaredProperties properties) {
		List<Parameter> parameters = new ArrayList<>();
		properties.template().variables().forEach((variable) -> parameters.add(variable(variable)));
		properties.parameters().forEach((parameter) -> parameters.add(query(parameter)));
		Schema<?> schema = (properties.kind() == Kind.JSON) ? new Schema<>() : new StringSchema();
		Operation operation = new Operation().operationId(name)
			.summary(properties.path())
			.description("HyperTracker's endpoint " + properties.template().route() + ", declared by the operators of"
					+ " this gateway. HyperTracker's documentation describes the response.")
			.addTagsItem("Other data")
			.parameters(parameters)
			.responses(new ApiResponses()
				.addApiResponse("200",
						new ApiResponse().description("The response, byte for byte as HyperTracker sent it")
							.content(content(properties, schema)))
				.addApiResponse("404", new ApiResponse().description(UNKNOWN)));
		return EndpointDocument.of(operation);
	}

	// A file may be JSON, whatever its declared media type.
	private static Content content(DeclaredProperties properties, Schema<?> schema) {
		Content content = new Content().addMediaType(properties.type(), new MediaType().schema(schema));
		return (properties.kind() == Kind.FILE) ? content.addMediaType(JSON, new MediaType().schema(new Schema<>()))
				: content;
	}

	private static Parameter variable(String name) {
		return new Parameter().name(name)
			.in("path")
			.required(true)
			.example("1")
			.schema(new StringSchema().minLength(1).maxLength(128));
	}

	private static Parameter query(DeclaredParameter parameter) {
		Schema<?> value = new StringSchema().pattern(parameter.compiledPattern().pattern());
		return new Parameter().name(parameter.name())
			.in("query")
			.required(parameter.required() ? Boolean.TRUE : null)
			.schema(parameter.array() ? new ArraySchema().items(value) : value);
	}

}
