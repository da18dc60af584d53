package io.htgateway.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;

/**
 * What the API document says of an endpoint: its parameters, and its response 200.
 *
 * @param operation the operation, without the headers and problems that all endpoints
 * have
 * @param mediaTypes media types that its responses can have
 * @param queryParameters names of the query parameters; one with several values has two
 */
public record EndpointDocument(Operation operation, List<MediaType> mediaTypes, Set<String> queryParameters) {

	/**
	 * Creates the document of an endpoint that is described in code.
	 */
	public static EndpointDocument of(Operation operation) {
		ApiResponse answer = Objects.requireNonNull(operation.getResponses().get("200"));
		return new EndpointDocument(operation,
				answer.getContent().keySet().stream().map(MediaType::parseMediaType).toList(),
				operation.getParameters()
					.stream()
					.filter((parameter) -> "query".equals(parameter.getIn()))
					.flatMap((parameter) -> (parameter.getSchema() instanceof ArraySchema)
							? Stream.of(parameter.getName(), parameter.getName() + RequestParameters.ARRAY)
							: Stream.of(parameter.getName()))
					.collect(Collectors.toUnmodifiableSet()));
	}

	/**
	 * Reads the document of the endpoint with the given name from the resources.
	 */
	public static EndpointDocument read(String name) {
		try {
			String text = new ClassPathResource("openapi/endpoints/" + name + ".yaml")
				.getContentAsString(StandardCharsets.UTF_8);
			return of(Yaml31.mapper().readValue(text, Operation.class));
		}
		catch (IOException broken) {
			throw new UncheckedIOException("the document of " + name, broken);
		}
	}

}
