package io.htgateway.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Service accounts of the cluster as callers, whose keys the API server gives only to a
 * token.
 */
class ChartKubernetesIssuerTests {

	private static final String DIRECTORY = "/run/secrets/hypertracker-gateway/issuer/";

	@Test
	void tokenAndAuthorityAreMountedWhereTheConfigurationNamesThem() {
		Rendering rendering = Chart.render(Scenario.KUBERNETES_ISSUER + "}");

		assertThat(sources(rendering)).contains(
				Map.of("serviceAccountToken", Map.of("path", "issuer/token", "expirationSeconds", 3600)),
				Map.of("configMap", Map.of("name", "kube-root-ca.crt", "items",
						List.of(Map.of("key", "ca.crt", "path", "issuer/ca.crt")))));
		assertThat(Rendering.at(rendering.configuration(), "gateway.access")).isEqualTo(Map.of("jwt",
				Map.of("issuer-uri", "https://kubernetes.default.svc.cluster.local", "jwk-set-uri",
						"https://kubernetes.default.svc/openid/v1/jwks", "audience", "hypertracker-gateway", "ca-file",
						DIRECTORY + "ca.crt", "token-file", DIRECTORY + "token")));
		assertThat(rendering.pod()).containsEntry("automountServiceAccountToken", false);
	}

	@Test
	void audienceAndLifetimeOfTheTokenAreConfigured() {
		Rendering rendering = Chart
			.render(Scenario.KUBERNETES_ISSUER + ", tokenAudience: api, tokenExpirationSeconds: 600}");

		assertThat(sources(rendering)).contains(Map.of("serviceAccountToken",
				Map.of("path", "issuer/token", "expirationSeconds", 600, "audience", "api")));
	}

	@Test
	void teamsMayListSubjectsAndNeedNoToken() {
		Rendering rendering = Chart.render(Scenario.KUBERNETES_ISSUER + """
				}
				teams: {values: [{name: research, subjects: ['system:serviceaccount:research:notebook']}]}
				""");

		assertThat(Rendering.fields(Rendering.at(rendering.configuration(), "gateway.access"))).containsOnlyKeys("jwt",
				"teams-file");
	}

	@Test
	void noTokenIsMountedByDefault() {
		assertThat(Chart.render("").pod().toString()).doesNotContain("serviceAccountToken=", "kube-root-ca");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "tokenExpirationSeconds: 599, minimum: got 599", "issuer: 'http://a', /kubernetesIssuer/issuer",
					"jwkSetUri: 'http://a', /kubernetesIssuer/jwkSetUri", "audience: '', /kubernetesIssuer/audience",
					"token: a, additional properties 'token' not allowed" })
	void valueThatIsWrongIsRefused(String value, String message) {
		assertThatIllegalStateException()
			.isThrownBy(() -> Chart.render(Scenario.KUBERNETES_ISSUER + ", " + value + "}"))
			.withMessageContaining(message);
	}

	private static List<Object> sources(Rendering rendering) {
		return new ArrayList<>(Rendering.list(rendering.pod(), "volumes.1.projected.sources"));
	}

}
