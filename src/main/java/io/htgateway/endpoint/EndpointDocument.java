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
 * An endpoint's part of the API document: its parameters and its successful response.
 *
 * @param operation the operation, without the headers and problems common to all
 * endpoints
 * @param mediaTypes media types of the responses
 * @param queryParameters accepted names of query parameters; a parameter with several
 * values has two, with and without <code>[]</code>
 */
public record EndpointDocument(Operation operation, List<MediaType> mediaTypes, Set<String> queryParameters) {

	/**
	 * Creates the document from an operation with a response 200.
	 */
	public static EndpointDocument of(Operation operation) {
		ApiResponse success = Objects.requireNonNull(operation.getResponses().get("200"));
		return new EndpointDocument(operation,
				success.getContent().keySet().stream().map(MediaType::parseMediaType).toList(),
				operation.getParameters()
					.stream()
					.filter((parameter) -> "query".equals(parameter.getIn()))
					.flatMap((parameter) -> (parameter.getSchema() instanceof ArraySchema)
							? Stream.of(parameter.getName(), parameter.getName() + RequestParameters.ARRAY_SUFFIX)
							: Stream.of(parameter.getName()))
					.collect(Collectors.toUnmodifiableSet()));
	}

	/**
	 * Reads the document of the endpoint with the given name from the class path.
	 * @throws UncheckedIOException if it is missing or malformed
	 */
	public static EndpointDocument read(String name) {
		return of(readOperation("endpoints/" + name));
	}

	/**
	 * Reads an operation of the API document from the class path.
	 * @param name name below <code>openapi</code>, without its extension
	 * @throws UncheckedIOException if it is missing or malformed
	 */
	public static Operation readOperation(String name) {
		try {
			String text = new ClassPathResource("openapi/" + name + ".yaml").getContentAsString(StandardCharsets.UTF_8);
			return Yaml31.mapper().readValue(text, Operation.class);
		}
		catch (IOException malformed) {
			throw new UncheckedIOException("cannot read the API document of " + name, malformed);
		}
	}

}
