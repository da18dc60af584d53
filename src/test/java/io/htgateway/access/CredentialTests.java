package io.htgateway.access;

import java.util.List;
import java.util.Map;

import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Credential}.
 */
class CredentialTests {

	@ParameterizedTest
	@ValueSource(strings = { "Bearer a-token", "bearer a-token", "BEARER  a-token " })
	void findTakesBearerTokenInAnyCaseOfTheScheme(String value) {
		assertThat(find(Map.of("Authorization", List.of(value)))).isEqualTo(Secret.of("a-token"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer", "Bearer ", "Basic a-token", "a-token", "Bearera-token" })
	void findWhenAuthorizationIsNoBearerTokenFindsNone(String value) {
		assertThat(find(Map.of("Authorization", List.of(value)))).isNull();
	}

	@Test
	void findTakesKeyWhereAuthorizationHasNoBearerToken() {
		assertThat(find(Map.of("X-API-Key", List.of("key"), "Authorization", List.of("Basic x"))))
			.isEqualTo(Secret.of("key"));
		assertThat(find(Map.of("X-API-Key", List.of("key"), "Authorization", List.of("Bearer token"))))
			.isEqualTo(Secret.of("token"));
	}

	@Test
	void findWhenThereAreTwoOfAHeaderFindsNone() {
		assertThat(find(Map.of("Authorization", List.of("Bearer a", "Bearer a"), "X-API-Key", List.of("key"))))
			.isNull();
		assertThat(find(Map.of("X-API-Key", List.of("key", "key")))).isNull();
	}

	private static @Nullable Secret find(Map<String, List<String>> headers) {
		return Credential.find((name) -> headers.getOrDefault(name, List.of()));
	}

}
