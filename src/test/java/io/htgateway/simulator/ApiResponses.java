package io.htgateway.simulator;

import java.nio.charset.StandardCharsets;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

/**
 * The API's JSON answers, refusals in the form of its framework.
 */
final class ApiResponses {

	private ApiResponses() {
	}

	static ResponseDefinitionBuilder ok(byte[] json) {
		return json(200, json);
	}

	static ResponseDefinitionBuilder badRequest(String fault) {
		return json(400, "{\"statusCode\":400,\"message\":[\"%s\"],\"error\":\"Bad Request\"}".formatted(fault));
	}

	static ResponseDefinitionBuilder unauthorized() {
		return json(401, "{\"statusCode\":401,\"message\":\"Unauthorized\"}");
	}

	static ResponseDefinitionBuilder notFound(String fault) {
		return json(404, "{\"statusCode\":404,\"message\":\"%s\",\"error\":\"Not Found\"}".formatted(fault));
	}

	private static ResponseDefinitionBuilder json(int status, String json) {
		return json(status, json.getBytes(StandardCharsets.UTF_8));
	}

	private static ResponseDefinitionBuilder json(int status, byte[] json) {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(status)
			.withHeader("Content-Type", "application/json; charset=utf-8")
			.withBody(json);
	}

}
