package io.htgateway;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.OpenUnlessTeams;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a gateway is open only if its operators say so, and otherwise starts only if
 * requests need a token.
 */
@SecurityTest
@ExtendWith(OutputCaptureExtension.class)
class ClosedStartTests {

	private static final String RISK = "/api/external/5/assets/liquidation-risk";

	private static final String TEAM = "--gateway.access.teams[0].name=research --gateway.access.teams[0].token-sha256="
			+ "0a".repeat(32);

	private static final String JWT = "--gateway.access.jwt.jwk-set-uri=http://127.0.0.1:1/ --gateway.access.jwt.audience=a";

	@ParameterizedTest
	@ValueSource(strings = { "", "--gateway.access.open=false", "--gateway.access.teams=",
			"--gateway.access.rate-limit-headers=true", "--gateway.access.trusted-proxies=10.0.0.0/8" })
	void startWithoutTeamsAndJwtsIsRefusedWithThreeWaysOut(String arguments, CapturedOutput output) {
		assertDoesNotStart(arguments);

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("Nobody may call this gateway: neither teams nor JWTs are configured, and it is not open.",
					"\nTeams with tokens: ", "\nCallers with JWTs of your issuer: ",
					"\nEverybody who reaches the gateway, without a token, ")
			.doesNotContain("Gateway is ready", "\tat ");
	}

	@ParameterizedTest
	@CsvSource({ "gateway.teams[0].name, gateway.access.teams[0].name",
			"gateway.teams[0].token-sha256, gateway.access.teams[0].token-sha256",
			"gateway.teams-file, gateway.access.teams-file",
			"gateway.teams-jwt.issuer-uri, gateway.access.jwt.issuer-uri",
			"gateway.teams-jwt.audience, gateway.access.jwt.audience",
			"gateway.rate-limit-headers, gateway.access.rate-limit-headers" })
	void startWithAFormerNameIsRefusedWithTheNewOne(String former, String now, CapturedOutput output) {
		for (String access : new String[] { "", "--gateway.access.open=true", TEAM }) {
			assertDoesNotStart("--" + former + "=canary-5d1f " + access);
		}

		assertThat(output.getAll()
			.lines()
			.filter((line) -> line.equals(former + " (argument --" + former
					+ ") is not a property of the gateway; its name is now " + now + ".")))
			.hasSize(3);
		assertThat(output).doesNotContain("Gateway is ready", "canary");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--gateway.access.teams-file=/nowhere | gateway.access.teams-file", "TEAM | gateway.access.teams",
					"JWT | gateway.access.jwt", "TEAM JWT | gateway.access.teams and gateway.access.jwt" })
	void startOfAnOpenGatewayWithTeamsOrJwtsIsRefused(String arguments, String names, CapturedOutput output) {
		assertDoesNotStart("--gateway.access.open=true " + arguments.replace("TEAM", TEAM).replace("JWT", JWT));

		assertThat(output)
			.contains("gateway.access.open (argument --gateway.access.open) is true, which excludes " + names
					+ ": an open gateway checks no tokens.")
			.doesNotContain("Gateway is ready", "Open mode");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TEAM", "JWT" })
	void startWithTeamsOrJwtsIsClosedToRequestsWithoutAToken(String arguments, CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(arguments.replace("TEAM", TEAM).replace("JWT", JWT))) {
			assertThat(Gateway.of(context.getEnvironment()).get(RISK).status()).isEqualTo(401);
		}

		assertThat(output).doesNotContain("Open mode");
	}

	@Test
	void startOfAnOpenGatewaySaysSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--gateway.access.open=true")) {
			assertThat(Gateway.of(context.getEnvironment()).get(RISK + "?limit=0").status()).isEqualTo(400);
		}

		assertThat(output).containsOnlyOnce("Open mode: everybody who reaches the gateway may call it without a token");
	}

	private void assertDoesNotStart(String arguments) {
		assertThatException().isThrownBy(() -> start(arguments).close());
	}

	private ConfigurableApplicationContext start(String arguments) {
		return new SpringApplication(GatewayApplication.class).run(Stream
			.of(Stream.of(OpenUnlessTeams.OFF, "--server.port=0", "--management.server.port=0",
					"--gateway.upstream.api-key=key", "--gateway.upstream.base-url=http://127.0.0.1:1"), properties(),
					Arrays.stream(arguments.split(" ")).filter((argument) -> !argument.isEmpty()))
			.flatMap((each) -> each)
			.toArray(String[]::new));
	}

	// The properties that a context of this class would have, such as the platform.
	private Stream<String> properties() {
		return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(getClass(), TestPropertySource.class))
			.stream()
			.flatMap((source) -> Arrays.stream(source.properties()))
			.map((property) -> "--" + property);
	}

}
