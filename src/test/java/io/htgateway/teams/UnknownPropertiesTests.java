package io.htgateway.teams;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link UnknownProperties}.
 */
class UnknownPropertiesTests {

	private static final Set<String> OTHERS = Set.of("cache", "accesslog");

	@ParameterizedTest
	@ValueSource(strings = { "gateway.teams", "gateway.teams[0].name", "gateway.teams[12].token-sha256",
			"gateway.teams[0].tokenSha256", "gateway.teams[0].token_sha256", "gateway.teams[0].token-sha256[1]",
			"gateway.teams[0].subjects[0]", "gateway.teams[0].requests-per-minute", "gateway.teams[0].upstream-share",
			"gateway.teams-file", "gateway.teamsFile", "gateway.teams-jwt.issuer-uri", "gateway.teams-jwt.jwk-set-uri",
			"gateway.teams-jwt.audience", "gateway.teams-jwt.claim", "gateway.rate-limit-headers",
			"gateway.access-log.enabled", "gateway.cache.nonsense", "gateway", "gateways.name", "team.name" })
	void nameIsKnownOrOfOthers(String name) {
		assertThatCode(() -> refuse(file(name))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.teams[0].request-per-minute", "gateway.teams[0].token-sha265",
			"gateway.teams[0].names", "gateway.teams[0].name.a", "gateway.teams[0]", "gateway.team[0].name",
			"gateway.team", "gateway.teams.research.name", "gateway.teams-files", "gateway.team-jwt.audience",
			"gateway.teams-jwt.claims", "gateway.teams-jwt[0].claim", "gateway.teams.jwt.audience",
			"gateway.rate-limit-header", "gateway.cach.size", "gateway.token" })
	void nameIsUnknownWhereItIsNobodys(String name) {
		assertThatExceptionOfType(UnboundConfigurationPropertiesException.class).isThrownBy(() -> refuse(file(name)))
			.satisfies((unknown) -> assertThat(UnknownProperties.of(unknown)).endsWith(": " + name))
			.satisfies((unknown) -> assertThat(unknown.getUnboundProperties().toString()).doesNotContain("canary"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GATEWAY_TEAMS_0_NAME", "GATEWAY_TEAMS_0_TOKENSHA256", "GATEWAY_TEAMS_0_TOKENSHA256_1",
			"GATEWAY_TEAMS_0_SUBJECTS_1", "GATEWAY_TEAMSJWT_AUDIENCE", "GATEWAY_TEAMS_JWT_AUDIENCE",
			"GATEWAY_TEAMSFILE", "GATEWAY_TEAMS_FILE", "GATEWAY_RATELIMITHEADERS", "GATEWAY_URL",
			"GATEWAY_TEAM_SERVICE_HOST", "GATEWAY_TEAM_SERVICE_PORT", "GATEWAY_TEAMS_SERVICE_PORT_HTTP_ADMIN",
			"GATEWAY_TEAMS_PORT", "GATEWAY_TEAMS_PORT_8080_TCP", "GATEWAY_TEAMS_PORT_8080_TCP_ADDR",
			"GATEWAY_TEAM_A_PORT_53_UDP_PROTO", "GATEWAY_SERVICE_HOST" })
	void variableIsKnownOrOfKubernetesOrOfOthers(String name) {
		assertThatCode(() -> refuse(variable(name))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "GATEWAY_TEAMS_0_REQUESTPERMINUTE, gateway.teams[0].requestperminute",
			"GATEWAY_TEAMJWT_AUDIENCE, gateway.teamjwt.audience", "GATEWAY_TEAM_0_NAME, gateway.team[0].name",
			"GATEWAY_TEAMSJWT_CLAIMS, gateway.teamsjwt.claims" })
	void variableIsUnknownWhereItBeginsLikeTeamsAndIsNone(String variable, String name) {
		assertThatExceptionOfType(UnboundConfigurationPropertiesException.class)
			.isThrownBy(() -> refuse(variable(variable)))
			.satisfies((unknown) -> assertThat(UnknownProperties.of(unknown)).endsWith(": " + name));
	}

	// What is known above has to be what is bound, or it would be ignored after all.
	@ParameterizedTest
	@ValueSource(strings = { "GATEWAY_TEAMSFILE", "GATEWAY_TEAMS_FILE" })
	void variableWhenKnownIsBound(String name) {
		assertThat(Binder.get(with(variable(name))).bind("gateway.teams-file", String.class).orElse(""))
			.isEqualTo("canary");
	}

	@Test
	void nameWhenItMayBeATokenIsNotTold() {
		assertThatExceptionOfType(UnboundConfigurationPropertiesException.class)
			.isThrownBy(() -> refuse(file("gateway.htgw5e8a71c2b7d90f4d1e6a")))
			.satisfies((unknown) -> assertThat(UnknownProperties.of(unknown)).doesNotContain("5e8a"));
	}

	private static void refuse(PropertySource<?> source) {
		UnknownProperties.refuse(with(source), OTHERS);
	}

	private static PropertySource<?> file(String name) {
		return new MapPropertySource("file", Map.of(name, "canary"));
	}

	private static PropertySource<?> variable(String name) {
		return new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, "canary"));
	}

	private static ConfigurableEnvironment with(PropertySource<?> source) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((own) -> environment.getPropertySources().remove(own.getName()));
		environment.getPropertySources().addFirst(source);
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

}
