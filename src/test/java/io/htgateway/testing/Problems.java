package io.htgateway.testing;

import java.util.List;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what all error responses have in common.
 */
public final class Problems {

	public static final String OWN = "urn:hypertracker-gateway:";

	private Problems() {
	}

	/**
	 * The body of an error response, which has to be one of the given status and type.
	 */
	public static JsonNode check(Gateway.Response response, int status, String type) {
		assertThat(response.status()).as(response.everything()).isEqualTo(status);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
		assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(response.body().length));
		JsonNode problem = response.json();
		assertThat(problem.path("type").asString()).isEqualTo(type);
		assertThat(problem.path("status").asInt()).isEqualTo(status);
		assertThat(List.of("title", "detail", "requestId"))
			.allSatisfy((field) -> assertThat(problem.path(field).asString()).isNotBlank());
		assertThat(problem.path("instance").asString()).startsWith("/").doesNotContain("?");
		return problem;
	}

	/**
	 * The names of the parameters that an error response finds wrong.
	 */
	public static List<String> parameters(JsonNode problem) {
		return problem.path("errors").valueStream().map((error) -> error.path("parameter").asString()).toList();
	}

}
