package io.htgateway.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link UnknownNames}.
 */
class UnknownNamesTests {

	private static final KnownProperties KNOWN = KnownProperties.ofTheGateway();

	@ParameterizedTest
	@ValueSource(strings = { "gateway.teams", "gateway.teams[0].name", "gateway.teams[12].token-sha256",
			"gateway.teams[0].tokenSha256", "gateway.teams[0].token_sha256", "gateway.teams[0].token-sha256[1]",
			"gateway.teams[0].subjects[0]", "gateway.teams[0].requests-per-minute", "gateway.teams[0].upstream-share",
			"gateway.teams-file", "gateway.teamsFile", "gateway.teams-jwt.issuer-uri", "gateway.teams-jwt.jwk-set-uri",
			"gateway.teams-jwt.audience", "gateway.teams-jwt.claim", "gateway.rate-limit-headers",
			"gateway.access-log.enabled", "gateway.cache.max-size", "gateway.risk.staleIfError",
			"gateway.cors.allowed-origins[3]", "gateway", "gateways.name", "team.name", "server.port", "gate.risk" })
	void nameIsKnownOrOfOthers(String name) {
		assertThat(problems(file(name))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.teams[0].request-per-minute", "gateway.teams[0].token-sha265",
			"gateway.teams[0].names", "gateway.teams[0].name.a", "gateway.teams[0]", "gateway.team[0].name",
			"gateway.team", "gateway.teams.research.name", "gateway.teams-files", "gateway.team-jwt.audience",
			"gateway.teams-jwt.claims", "gateway.teams-jwt[0].claim", "gateway.teams.jwt.audience",
			"gateway.rate-limit-header", "gateway.cach.size", "gateway.token", "gateway.cache.nonsense",
			"gateway.cache", "gateway.cache.max-size.a", "gateway.risk.ttl[0]", "gateway.upstream.token" })
	void nameIsUnknownWhereItIsNobodys(String name) {
		assertThat(problems(file(name))).singleElement()
			.asString()
			.startsWith(name + " (\"" + name + "\" from property source \"file\") is not a property of the gateway")
			.doesNotContain("canary");
	}

	@ParameterizedTest
	@CsvSource({ "gateway.risk.tll, gateway.risk.ttl", "gateway.budget.plans, gateway.budget.plan",
			"gatway.risk.ttl, gateway.risk.ttl", "gatewy.budget.plans, gateway.budget.plan",
			"gateway.teams.jwt.audience, gateway.teams-jwt.audience",
			"gateway.teams[1].request-per-minute, gateway.teams[].requests-per-minute",
			"gateway.cache.max-sise, gateway.cache.max-size" })
	void nameWhenMisspeltBringsTheRightOne(String name, String right) {
		assertThat(problems(file(name))).singleElement().asString().endsWith("; did you mean " + right + "?");
	}

	@Test
	void nameWhenNothingIsLikeItBringsNone() {
		assertThat(problems(file("gateway.frobnicator"))).singleElement().asString().doesNotContain("did you mean");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GATEWAY_TEAMS_0_NAME", "GATEWAY_TEAMS_0_TOKENSHA256", "GATEWAY_TEAMS_0_TOKENSHA256_1",
			"GATEWAY_TEAMS_0_SUBJECTS_1", "GATEWAY_TEAMSJWT_AUDIENCE", "GATEWAY_TEAMS_JWT_AUDIENCE",
			"GATEWAY_TEAMSFILE", "GATEWAY_TEAMS_FILE", "GATEWAY_RATELIMITHEADERS", "GATEWAY_RISK_TTL",
			"GATEWAY_RISK_STALEIFERROR", "GATEWAY_RISK_STALE_IF_ERROR", "GATEWAY_TEAM_SERVICE_HOST",
			"GATEWAY_TEAM_SERVICE_PORT", "GATEWAY_TEAMS_SERVICE_PORT_HTTP_ADMIN", "GATEWAY_TEAMS_PORT",
			"GATEWAY_TEAMS_PORT_8080_TCP", "GATEWAY_TEAMS_PORT_8080_TCP_ADDR", "GATEWAY_TEAM_A_PORT_53_UDP_PROTO",
			"GATEWAY_SERVICE_HOST", "GATEWAY_RISK_SERVICE_PORT", "GATEWAYS_URL", "HYPERTRACKER_API_KEY", "GATEWAY" })
	void variableIsKnownOrOfKubernetesOrOfOthers(String name) {
		assertThat(problems(variable(name))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "GATEWAY_RISK_TLL, gateway.risk.ttl", "GATEWAY_BUDGET_PLANS, gateway.budget.plan",
			"GATEWAY_TEAMS_0_REQUESTPERMINUTE, gateway.teams[].requests-per-minute",
			"GATEWAY_TEAMJWT_AUDIENCE, gateway.teams-jwt.audience", "GATEWAY_TEAM_0_NAME, gateway.teams[].name",
			"GATEWAY_TEAMSJWT_CLAIMS, gateway.teams-jwt.claim", "GATWAY_RISK_TTL, gateway.risk.ttl",
			"GATEWAY_UPSTREAM_BASE_URI, gateway.upstream.base-url" })
	void variableWhenMisspeltIsNamedWithTheRightProperty(String variable, String right) {
		assertThat(problems(variable(variable))).singleElement()
			.asString()
			.contains(" (environment variable " + variable + ") is not a property")
			.endsWith("; did you mean " + right + "?")
			.doesNotContain("canary");
	}

	@Test
	void variableWhenNothingIsLikeItIsUnknownAllTheSame() {
		assertThat(problems(variable("GATEWAY_FROBNICATOR"))).singleElement().asString().contains("GATEWAY_FROB");
	}

	// A name that is taken for known has to be bound, or it would be ignored after all.
	@ParameterizedTest
	@ValueSource(strings = { "GATEWAY_TEAMSFILE", "GATEWAY_TEAMS_FILE" })
	void variableWhenKnownIsBound(String name) {
		assertThat(Binder.get(with(variable(name))).bind("gateway.teams-file", String.class).orElse(""))
			.isEqualTo("canary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.htgw5e8a71c2b7d90f4d1e6a", "gateway.5e8a12345678", "gateway.12345e8a",
			"gateway.teams[5].84019273650918275e8", "gateway.risk.84019273650918273645", "gateway.ttl12345678" })
	void nameWhenItMayBeATokenIsNotShown(String name) {
		assertThat(problems(file(name))).singleElement()
			.asString()
			.startsWith("A name that is not shown")
			.doesNotContain("5e8a", "8401", "5678");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.risk", "gateway.cache", "gateway.upstream", "gateway.teams-jwt" })
	void sectionMayBeEmpty(String name) {
		assertThat(problems(new MapPropertySource("file", Map.of(name, "")))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.ris", "gateway.risk.tll", "gateway.teams[0]", "gateway.risks" })
	void nameThatIsNoSectionIsUnknownAlsoWhenItIsEmpty(String name) {
		assertThat(problems(new MapPropertySource("file", Map.of(name, "")))).singleElement()
			.asString()
			.startsWith(name + " (");
	}

	private static List<String> problems(PropertySource<?> source) {
		List<String> problems = new ArrayList<>();
		new UnknownNames(KNOWN).forEach(with(source), problems::add);
		return problems;
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
