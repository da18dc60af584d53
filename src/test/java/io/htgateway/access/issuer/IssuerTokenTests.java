package io.htgateway.access.issuer;

import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.secret.Secret;
import io.htgateway.secret.UnusableSecretException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link IssuerToken}.
 */
class IssuerTokenTests {

	private final AtomicReference<Secret> token = new AtomicReference<>(Secret.of("canary.token"));

	private final IssuerToken filter = new IssuerToken(URI.create("https://kubernetes.default.svc/openid/v1/jwks"),
			token::get);

	@ParameterizedTest
	@ValueSource(strings = { "https://kubernetes.default.svc/openid/v1/jwks", "https://kubernetes.default.svc",
			"https://kubernetes.default.svc:443/openid/v1/jwks?a=b", "HTTPS://Kubernetes.Default.SVC/other" })
	void tokenIsSentToTheOriginOfTheIssuer(String url) {
		assertThat(authorization(url)).isEqualTo("Bearer canary.token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://kubernetes.default.svc/openid/v1/jwks",
			"https://kubernetes.default.svc:6443/openid/v1/jwks", "https://10.0.0.1/openid/v1/jwks",
			"https://kubernetes.default.svc.example/openid/v1/jwks", "https://a.kubernetes.default.svc/",
			"https://kubernetes.default.svc@attacker.example/", "https://attacker.example/kubernetes.default.svc",
			"https://kubernetes.default.svc_a/" })
	void tokenIsNotSentToAnotherOrigin(String url) {
		assertThat(authorization(url)).isNull();
	}

	@Test
	void currentTokenIsSent() {
		token.set(Secret.of("canary.rotated"));

		assertThat(authorization("https://kubernetes.default.svc/")).isEqualTo("Bearer canary.rotated");
		assertThat(filter.toString()).doesNotContain("canary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer canary", "canary\ncanary", "\"canary\"", "canary=a", "cänary", "{\"canary\":1}" })
	void textThatIsNoTokenIsRefusedWithoutIt(String text) {
		assertThatExceptionOfType(UnusableSecretException.class)
			.isThrownBy(() -> IssuerToken.requireToken(Secret.of(text)))
			.withMessageContaining("must contain one token and nothing else")
			.withMessageNotContaining("nary");
	}

	private @Nullable String authorization(String url) {
		AtomicReference<@Nullable String> sent = new AtomicReference<>();
		filter.filter(ClientRequest.create(HttpMethod.GET, URI.create(url)).build(), (request) -> {
			sent.set(request.headers().getFirst(HttpHeaders.AUTHORIZATION));
			return Mono.empty();
		}).block();
		return sent.get();
	}

}
