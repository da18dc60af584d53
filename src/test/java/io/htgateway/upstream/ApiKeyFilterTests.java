package io.htgateway.upstream;

import java.net.URI;

import io.htgateway.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ApiKeyFilterTests {

	private final ApiKeyFilter filter = new ApiKeyFilter(URI.create("https://upstream.example/base"),
			() -> Secret.of("canary"));

	@Test
	void filterWhenTargetIsUpstreamAddsKey() {
		Mono<ClientResponse> response = filter.filter(request("https://UPSTREAM.example/other"), (request) -> {
			assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer canary");
			return Mono.just(ClientResponse.create(HttpStatus.OK).build());
		});

		StepVerifier.create(response).expectNextCount(1).verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://upstream.example/base", "https://upstream.example:8443/base",
			"https://other.example/base", "https://upstream.example.evil/base" })
	void filterWhenTargetIsAnotherOriginSendsNothing(String target) {
		Mono<ClientResponse> response = filter.filter(request(target),
				(request) -> Mono.error(new AssertionError("was sent")));

		StepVerifier.create(response).verifyErrorMessage("the API key may only be sent to gateway.upstream.base-url");
	}

	private static ClientRequest request(String target) {
		return ClientRequest.create(HttpMethod.GET, URI.create(target)).build();
	}

}
