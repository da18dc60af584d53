package io.htgateway.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
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
	@ValueSource(strings = { "gateway.access.teams", "gateway.access.teams[0].name",
			"gateway.access.teams[12].token-sha256", "gateway.access.teams[0].tokenSha256",
			"gateway.access.teams[0].token_sha256", "gateway.access.teams[0].token-sha256[1]",
			"gateway.access.teams[0].subjects[0]", "gateway.access.teams[0].requests-per-minute",
			"gateway.access.teams[0].upstream-share", "gateway.access.teams-file", "gateway.access.teamsFile",
			"gateway.access.jwt.issuer-uri", "gateway.access.jwt.jwk-set-uri", "gateway.access.jwt.audience",
			"gateway.access.jwt.claim", "gateway.access.rate-limit-headers", "gateway.access-log.enabled",
			"gateway.cache.max-size", "gateway.risk.staleIfError", "gateway.cors.allowed-origins[3]", "gateway",
			"gateways.name", "team.name", "server.port", "gate.risk" })
	void nameIsKnownOrOfOthers(String name) {
		assertThat(problems(file(name))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.access.teams[0].request-per-minute", "gateway.access.teams[0].token-sha265",
			"gateway.access.teams[0].names", "gateway.access.teams[0].name.a", "gateway.access.teams[0]",
			"gateway.teams[0].name", "gateway.teams", "gateway.teams-jwt.claim", "gateway.rate-limit-headers",
			"gateway.teams-file", "gateway.team[0].name", "gateway.team", "gateway.access.teams.research.name",
			"gateway.access.teams-files", "gateway.team-jwt.audience", "gateway.access.jwt.claims",
			"gateway.access.jwt[0].claim", "gateway.access.teams.jwt.audience", "gateway.rate-limit-header",
			"gateway.cach.size", "gateway.token", "gateway.cache.nonsense", "gateway.cache", "gateway.cache.max-size.a",
			"gateway.risk.ttl[0]", "gateway.upstream.token" })
	void nameThatNobodyReadsIsUnknown(String name) {
		assertThat(problems(file(name))).singleElement()
			.asString()
			.startsWith(name + " (\"" + name + "\" from property source \"file\") is not a property of the gateway")
			.doesNotContain("canary");
	}

	@ParameterizedTest
	@CsvSource({ "gateway.risk.tll, gateway.risk.ttl", "gateway.budget.plans, gateway.budget.plan",
			"gatway.risk.ttl, gateway.risk.ttl", "gatewy.budget.plans, gateway.budget.plan",
			"gateway.access.teams.jwt.audience, gateway.access.jwt.audience",
			"gateway.access.teams-jwt.claim, gateway.access.jwt.claim", "gateway.access.opened, gateway.access.open",
			"gateway.access.teams[1].request-per-minute, gateway.access.teams[1].requests-per-minute",
			"gateway.cache.max-sise, gateway.cache.max-size" })
	void misspeltNameSuggestsTheRightOne(String name, String right) {
		assertThat(problems(file(name))).singleElement().asString().endsWith("; did you mean " + right + "?");
	}

	@ParameterizedTest
	@CsvSource({ "gateway.teams, gateway.access.teams", "gateway.teams[12].name, gateway.access.teams[12].name",
			"gateway.teams[0].token-sha256[1], gateway.access.teams[0].token-sha256[1]",
			"gateway.teams[1].requestsPerMinute, gateway.access.teams[1].requests-per-minute",
			"gateway.teams-file, gateway.access.teams-file", "gateway.teamsFile, gateway.access.teams-file",
			"gateway.teams-jwt.issuer-uri, gateway.access.jwt.issuer-uri",
			"gateway.teams-jwt.audience, gateway.access.jwt.audience",
			"gateway.rate-limit-headers, gateway.access.rate-limit-headers",
			"GATEWAY_TEAMS_3_TOKENSHA256, GATEWAY_ACCESS_TEAMS_3_TOKENSHA256",
			"GATEWAY_TEAMS_3_TOKEN_SHA256, GATEWAY_ACCESS_TEAMS_3_TOKEN_SHA256",
			"GATEWAY_TEAMSFILE, GATEWAY_ACCESS_TEAMSFILE", "GATEWAY_TEAMS_FILE, GATEWAY_ACCESS_TEAMS_FILE",
			"GATEWAY_TEAMSJWT_ISSUERURI, GATEWAY_ACCESS_JWT_ISSUERURI",
			"GATEWAY_TEAMS_JWT_ISSUER_URI, GATEWAY_ACCESS_JWT_ISSUER_URI",
			"GATEWAY_RATELIMITHEADERS, GATEWAY_ACCESS_RATELIMITHEADERS",
			"GATEWAY_RATE_LIMIT_HEADERS, GATEWAY_ACCESS_RATE_LIMIT_HEADERS" })
	void formerNameIsRefusedWithTheNewOne(String name, String now) {
		PropertySource<?> source = name.startsWith("GATEWAY_") ? variable(name) : file(name);

		assertThat(problems(source)).singleElement()
			.asString()
			.contains(name)
			.endsWith("; its name is now " + now + ".")
			.doesNotContain("canary");
	}

	@Test
	void nameWithoutSimilarPropertySuggestsNone() {
		assertThat(problems(file("gateway.frobnicator"))).singleElement().asString().doesNotContain("did you mean");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GATEWAY_ACCESS_TEAMS_0_NAME", "GATEWAY_ACCESS_TEAMS_0_TOKENSHA256",
			"GATEWAY_ACCESS_TEAMS_0_TOKENSHA256_1", "GATEWAY_ACCESS_TEAMS_0_SUBJECTS_1", "GATEWAY_ACCESS_JWT_AUDIENCE",
			"GATEWAY_ACCESS_JWT_ISSUERURI", "GATEWAY_ACCESS_OPEN", "GATEWAY_ACCESS_TEAMSFILE",
			"GATEWAY_ACCESS_TEAMS_FILE", "GATEWAY_ACCESS_RATELIMITHEADERS", "GATEWAY_RISK_TTL",
			"GATEWAY_RISK_STALEIFERROR", "GATEWAY_RISK_STALE_IF_ERROR", "gateway_risk_ttl",
			"gateway_risk_stale_if_error", "gateway.risk.ttl", "GATEWAYS_URL", "GATEWAY_", "HYPERTRACKER_API_KEY",
			"GATEWAY" })
	void variableIsKnownOrOfOthers(String name) {
		assertThat(problems(variable(name))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "GATEWAY_RISK_TLL, GATEWAY_RISK_TTL", "GATEWAY_BUDGET_PLANS, GATEWAY_BUDGET_PLAN",
			"GATEWAY_ACCESS_TEAMS_7_REQUESTPERMINUTE, GATEWAY_ACCESS_TEAMS_7_REQUESTSPERMINUTE",
			"GATEWAY_ACCESS_JWTS_AUDIENCE, GATEWAY_ACCESS_JWT_AUDIENCE",
			"GATEWAY_ACCESS_TEAM_0_NAME, GATEWAY_ACCESS_TEAMS_0_NAME",
			"GATEWAY_ACCESS_JWT_CLAIMS, GATEWAY_ACCESS_JWT_CLAIM", "GATWAY_RISK_TTL, GATEWAY_RISK_TTL",
			"GATEWAY_UPSTREAM_BASE_URI, GATEWAY_UPSTREAM_BASE_URL",
			"GATEWAY_ACCESS_JWTISSUERURI, GATEWAY_ACCESS_JWT_ISSUERURI",
			"GATEWAY_TEAM_0_NAME, GATEWAY_ACCESS_TEAMS_0_NAME", "GATEWAY_TEAMS_JWT, GATEWAY_ACCESS_JWT",
			"GATEWAY_RISKTTL, GATEWAY_RISK_TTL", "GATEWAY_UPSTREAM_API_KEYFILE, GATEWAY_UPSTREAM_APIKEYFILE",
			"GATEWAY_RISK_STALE_WHILEREVALIDATE, GATEWAY_RISK_STALEWHILEREVALIDATE",
			"GATEWAY_RI_SK_TTL, GATEWAY_RISK_TTL", "GATEWAY-RISK-TTL, GATEWAY_RISK_TTL",
			"GATEWAY:RISK:TTL, GATEWAY_RISK_TTL", "GATEWAYRISKTTL, GATEWAY_RISK_TTL",
			"Gateway_Risk_Stale_If_Error, GATEWAY_RISK_STALE_IF_ERROR", "GATEWAY_PORT, SERVER_PORT",
			"GATEWAY_SERVICE_PORT, SERVER_PORT", "GATEWAY_SERVER_PORT, SERVER_PORT",
			"GATEWAY_MANAGEMENT_PORT, MANAGEMENT_SERVER_PORT", "GATEWAY_SHARED_PORT, SPRING_DATA_REDIS_PORT",
			"GATEWAY_SHARED_HOST, SPRING_DATA_REDIS_HOST", "GATEWAY_UPSTREAM_PORT, GATEWAY_UPSTREAM_BASEURL" })
	void misspeltVariableSuggestsTheRightOne(String variable, String right) {
		assertThat(problems(variable(variable))).singleElement()
			.asString()
			.startsWith("Environment variable " + variable + " sets no property of the gateway")
			.endsWith("; did you mean " + right + "?")
			.doesNotContain("canary");
	}

	@Test
	void variableWithoutSimilarPropertyIsUnknownToo() {
		assertThat(problems(variable("GATEWAY_FROBNICATOR"))).singleElement().asString().contains("GATEWAY_FROB");
	}

	// A name that counts as known must be bound, since it would be ignored otherwise.
	@ParameterizedTest
	@MethodSource("properties")
	void variableIsKnownWithoutDashesOrWithAnUnderscoreForEachAndIsBound(String property) {
		String dotted = property.replaceAll("\\[(\\d)]", ".$1").replace('.', '_').toUpperCase(Locale.ROOT);

		for (String name : List.of(dotted.replace("-", ""), dotted.replace('-', '_'))) {
			assertThat(problems(variable(name))).as(name).isEmpty();
			assertThat(bound(variable(name), property)).as(name).isEqualTo("canary");
		}
	}

	@ParameterizedTest
	@MethodSource("properties")
	void variableWithOtherSplitsIsRefusedAndIsNotBound(String property) {
		List<String> mixed = mixed(property);

		for (String name : mixed) {
			assertThat(problems(variable(name))).as(name)
				.singleElement()
				.asString()
				.contains("did you mean " + property.replaceAll("[.\\[].*", "").toUpperCase(Locale.ROOT) + "_");
			assertThat(bound(variable(name), property)).as(name).isNull();
		}
	}

	// Returns variables with underscores for only some dashes, or for all dots but one.
	private static List<String> mixed(String property) {
		String name = property.replaceAll("\\[(\\d)]", ".$1").toUpperCase(Locale.ROOT);
		List<String> mixed = new ArrayList<>();
		int dashes = (int) name.chars().filter((each) -> each == '-').count();
		for (int kept = 1; kept < (1 << dashes) - 1; kept++) {
			String split = name;
			for (int dash = 0; dash < dashes; dash++) {
				split = split.replaceFirst("-", ((kept & (1 << dash)) != 0) ? "_" : "");
			}
			mixed.add(split.replace('.', '_'));
		}
		int last = name.lastIndexOf('.');
		if (!Character.isDigit(name.charAt(last + 1)) && !Character.isDigit(name.charAt(last - 1))) {
			mixed.add((name.substring(0, last) + name.substring(last + 1)).replace('.', '_').replace("-", ""));
		}
		return mixed;
	}

	static List<String> properties() {
		return KNOWN.byForm()
			.values()
			.stream()
			.filter((property) -> !property.isList())
			.map((property) -> property.name().replace("[]", "[0]"))
			.sorted()
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GATEWAY_RISK_TTL", "gateway_risk_ttl", "gateway-risk-ttl", "gateway:risk.ttl",
			"gateway/risk/ttl", "gateway-risk.ttl", "gateway_risk.ttl", "gateway.risk_ttl", "gateway.risk-ttl",
			"gatewayRiskTtl", "gateway.riskTtl", "GATWAY_RISK_TTL", "gateway..risk.tt" })
	void nameWithoutDotsSuggestsTheRightOne(String name) {
		assertThat(problems(file(name))).singleElement()
			.asString()
			.startsWith(name + " (")
			.endsWith("is not a property of the gateway; did you mean gateway.risk.ttl?");
		assertThat(bound(file(name), "gateway.risk.ttl")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway_frobnicator", "gateway-frobnicator", "gateway:frobnicator" })
	void nameWithoutDotsAndSimilarPropertyIsUnknownToo(String name) {
		assertThat(problems(file(name))).singleElement().asString().startsWith(name + " (");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GATEWAY", "GATEWAY_TEAM", "GATEWAY_TEAM_A", "GATEWAY_SHARED", "GATEWAY_RISK" })
	void variablesOfAServiceOfKubernetesAreNotRefused(String service) {
		Map<String, Object> links = links(service);

		assertThat(problems(variables(links))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "GATEWAY_PORT, 9090", "GATEWAY_SHARED_PORT, 6379", "GATEWAY_SERVICE_PORT, 9090",
			"GATEWAY_SERVICE_HOST, 10.0.0.1", "GATEWAY_PORT, http://10.0.0.1:80", "GATEWAY_PORT, ''",
			"GATEWAY_PORT_80_TCP_ADDR, 10.0.0.1", "GATEWAY_PORT_80_TCP, 10.0.0.1:80", "GATEWAY_SERVICE_PORT_HTTP, 80" })
	void variableThatOnlyLooksLikeOneOfKubernetesIsRefused(String name, String value) {
		assertThat(problems(variables(Map.of(name, value)))).singleElement().asString().contains(name);
	}

	@Test
	void variablesOfAnotherServiceExcuseNone() {
		Map<String, Object> links = links("GATEWAY_TEAM");
		links.put("GATEWAY_SERVICE_PORT", "9090");

		assertThat(problems(variables(links))).singleElement().asString().contains("GATEWAY_SERVICE_PORT");
	}

	private static Map<String, Object> links(String service) {
		return new TreeMap<>(Map.of(service + "_SERVICE_HOST", "10.0.0.1", service + "_SERVICE_PORT", "80",
				service + "_SERVICE_PORT_HTTP_ADMIN", "80", service + "_PORT", "tcp://10.0.0.1:80",
				service + "_PORT_80_TCP", "tcp://10.0.0.1:80", service + "_PORT_80_TCP_PROTO", "tcp",
				service + "_PORT_80_TCP_PORT", "80", service + "_PORT_80_TCP_ADDR", "10.0.0.1",
				service + "_PORT_53_UDP", "udp://10.0.0.1:53", service + "_PORT_53_UDP_PROTO", "udp"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.htgw5e8a71c2b7d90f4d1e6a", "gateway.5e8a12345678", "gateway.12345e8a",
			"gateway.access.teams[5].84019273650918275e8", "gateway.risk.84019273650918273645", "gateway.ttl12345678" })
	void nameWhenItMayBeATokenIsNotShown(String name) {
		assertThat(problems(file(name))).singleElement()
			.asString()
			.startsWith("A name that is not shown")
			.doesNotContain("5e8a", "8401", "5678");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.risk", "gateway.cache", "gateway.upstream", "gateway.access.jwt" })
	void sectionMayBeEmpty(String name) {
		assertThat(problems(new MapPropertySource("file", Map.of(name, "")))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway.ris", "gateway.risk.tll", "gateway.access.teams[0]", "gateway.risks" })
	void unknownNameIsRefusedEvenIfItIsEmpty(String name) {
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
		return variables(Map.of(name, "canary"));
	}

	private static PropertySource<?> variables(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource("systemEnvironment", variables);
	}

	private static @Nullable String bound(PropertySource<?> source, String property) {
		String list = property.replaceFirst("\\[0]$", "");
		Binder binder = Binder.get(with(source));
		return list.equals(property) ? binder.bind(property, String.class).orElse(null)
				: binder.bind(list, Bindable.listOf(String.class)).map(List::getFirst).orElse(null);
	}

	private static ConfigurableEnvironment with(PropertySource<?> source) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((own) -> environment.getPropertySources().remove(own.getName()));
		environment.getPropertySources().addFirst(source);
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

}
