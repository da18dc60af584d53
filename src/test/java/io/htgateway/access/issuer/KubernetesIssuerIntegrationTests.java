package io.htgateway.access.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import io.htgateway.GatewayApplication;
import io.htgateway.testing.Gateway;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway in a stock cluster, whose API server issues the tokens of its callers.
 */
@ExtendWith(OutputCaptureExtension.class)
class KubernetesIssuerIntegrationTests {

	/**
	 * Invalid, so that a caller who is known gets 400 and no call is made.
	 */
	private static final String INVALID = "/api/external/6/assets/liquidation-risk?limit=none";

	private static final String TOKEN = "canary.token.5d1f";

	private final ClusterAuthority authority = new ClusterAuthority();

	private final FakeApiServer server = new FakeApiServer(authority);

	@TempDir
	private Path directory;

	private @Nullable ConfigurableApplicationContext context;

	@BeforeEach
	void write() {
		server.acceptOnly(TOKEN);
		write("ca.crt", authority.pem());
		write("token", TOKEN + "\n");
	}

	@AfterEach
	void stop(CapturedOutput output) {
		if (context != null) {
			context.close();
		}
		server.close();
		assertThat(output).doesNotContain("canary");
	}

	@Test
	void serviceAccountsWhenBothFilesAreSetAreAccepted() {
		Gateway gateway = start(keys(), ca(), token());

		assertThat(status(gateway, server.token("research", "notebook"))).isEqualTo(400);
		assertThat(gateway.actuator("/gateway").text()).contains("research");
		assertThat(status(gateway, server.token("trading", "bot"))).isEqualTo(403);
		assertThat(gateway.actuator("/prometheus").text())
			.contains("gateway_authentication_failures_total{reason=\"unknown-team\"} 1.0");
		assertThat(status(gateway, server.token("trading", "bot") + "A")).isEqualTo(401);
		assertThat(server.requests()).extracting(FakeApiServer.Request::path).containsOnly(FakeApiServer.KEYS);
	}

	@Test
	void serviceAccountsWhenKeysAreDiscoveredAreAccepted() {
		Gateway gateway = start(ca(), token());

		assertThat(status(gateway, server.token("research", "notebook"))).isEqualTo(400);
		assertThat(server.requests()).extracting(FakeApiServer.Request::path)
			.contains(FakeApiServer.DISCOVERY, FakeApiServer.KEYS);
	}

	@Test
	void callersWithoutTokenFileGet503AndTheLogSaysWhatToSet(CapturedOutput output) {
		Gateway gateway = start(keys(), ca());

		assertThat(status(gateway, server.token("research", "notebook"))).isEqualTo(503);
		assertThat(output).containsOnlyOnce("JWT keys unavailable")
			.contains("status=403 (if it requires a token, set gateway.access.jwt.token-file)");
		assertThat(server.requests()).isNotEmpty()
			.allSatisfy((request) -> assertThat(request.authorization()).isNull());
	}

	@Test
	void callersWhenTheAuthorityIsAnotherGet503AndNoTokenIsSent(CapturedOutput output) {
		write("ca.crt", new ClusterAuthority().pem());
		Gateway gateway = start(keys(), ca(), token());

		assertThat(status(gateway, server.token("research", "notebook"))).isEqualTo(503);
		assertThat(output).contains("its certificate is not trusted (", "); check gateway.access.jwt.ca-file");
		assertThat(server.requests()).isEmpty();

		write("ca.crt", authority.pem());
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> status(gateway, server.token("research", "notebook")) == 400);
		assertThat(output).contains("JWT keys available again");
	}

	@Test
	void callersWhenTheTokenIsRefusedGet503UntilItIsRotated(CapturedOutput output) {
		server.acceptOnly("canary.token.rotated");
		Gateway gateway = start(keys(), ca(), token());
		assertThat(status(gateway, server.token("research", "notebook"))).isEqualTo(503);
		assertThat(output).contains("status=401 (it refuses the token of gateway.access.jwt.token-file)");

		write("token", "canary.token.rotated");

		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> status(gateway, server.token("research", "notebook")) == 400);
	}

	@Test
	void keyOfTheIssuerIsRotated() {
		Gateway gateway = start(keys(), ca(), token());
		String before = server.token("research", "notebook");
		assertThat(status(gateway, before)).isEqualTo(400);

		server.rotateKey();

		Awaitility.await().until(() -> status(gateway, server.token("research", "notebook")) == 400);
		assertThat(status(gateway, before)).isEqualTo(400);
	}

	// The issuer of a stock cluster names keys at the API server's own address.
	@Test
	void tokenIsNotSentToAnotherHostAndTheLogSaysWhatToSet(CapturedOutput output) {
		try (FakeApiServer elsewhere = new FakeApiServer(authority)) {
			elsewhere.acceptOnly(TOKEN);
			server.nameKeysAt(elsewhere.keysUri());
			Gateway gateway = start(ca(), token());

			assertThat(status(gateway, server.token("research", "notebook"))).isEqualTo(503);
			assertThat(elsewhere.requests()).isNotEmpty()
				.allSatisfy((request) -> assertThat(request.authorization()).isNull());
			assertThat(output).contains(
					"status=403 (its keys are at another host, which gets no token: set gateway.access.jwt.jwk-set-uri)");
		}
	}

	private Gateway start(String... more) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.setRegisterShutdownHook(false);
		context = application.run(Stream
			.concat(Arrays.stream(more),
					Stream.of("--server.port=0", "--management.server.port=0", "--gateway.upstream.api-key=key",
							"--gateway.upstream.base-url=http://127.0.0.1:1", "--gateway.state.max-share=0",
							"--gateway.access.jwt.issuer-uri=" + server.issuer(),
							"--gateway.access.jwt.audience=" + FakeApiServer.AUDIENCE,
							"--gateway.access.teams[0].name=research",
							"--gateway.access.teams[0].subjects=system:serviceaccount:research:notebook"))
			.toArray(String[]::new));
		return Gateway.of(context.getEnvironment());
	}

	private String keys() {
		return "--gateway.access.jwt.jwk-set-uri=" + server.keysUri();
	}

	private String ca() {
		return "--gateway.access.jwt.ca-file=" + directory.resolve("ca.crt");
	}

	private String token() {
		return "--gateway.access.jwt.token-file=" + directory.resolve("token");
	}

	private static int status(Gateway gateway, String jwt) {
		return gateway.get(INVALID, "Authorization", "Bearer " + jwt).status();
	}

	// Replaced as a whole, as the kubelet does.
	private void write(String name, String content) {
		try {
			Path file = Files.writeString(directory.resolve(name + ".new"), content);
			Files.move(file, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
