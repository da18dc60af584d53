package io.htgateway.access.issuer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link IssuerClient} when its files change.
 */
class IssuerClientTests {

	private final ClusterAuthority authority = new ClusterAuthority();

	private final FakeApiServer server = new FakeApiServer(authority);

	@TempDir
	private Path directory;

	private @Nullable IssuerClient client;

	@BeforeEach
	void write() throws IOException {
		server.acceptOnly("first");
		Files.writeString(directory.resolve("token"), "first\n");
		Files.writeString(directory.resolve("ca.crt"), authority.pem());
	}

	@AfterEach
	void stop() {
		if (client != null) {
			client.close();
		}
		server.close();
	}

	@Test
	void rotatedTokenIsSent() throws IOException {
		IssuerClient issuer = client();
		assertThat(status(issuer)).isEqualTo(200);
		server.acceptOnly("second");
		assertThat(status(issuer)).isEqualTo(401);

		Files.writeString(directory.resolve("token"), "second\n");
		issuer.poll();

		assertThat(status(issuer)).isEqualTo(200);
	}

	// Also on connections that were made with the previous authorities.
	@Test
	void changedAuthoritiesAreTrustedAndThePreviousOnesAreNot() throws IOException {
		IssuerClient issuer = client();
		assertThat(status(issuer)).isEqualTo(200);

		Files.writeString(directory.resolve("ca.crt"), new ClusterAuthority().pem());
		issuer.poll();
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> status(issuer));

		Files.writeString(directory.resolve("ca.crt"), new ClusterAuthority().pem() + authority.pem());
		issuer.poll();
		assertThat(status(issuer)).isEqualTo(200);
	}

	@Test
	void malformedFilesLeaveEverythingAsItIs() throws IOException {
		IssuerClient issuer = client();

		Files.writeString(directory.resolve("ca.crt"), authority.privateKeyPem());
		Files.writeString(directory.resolve("token"), "");
		issuer.poll();

		assertThat(status(issuer)).isEqualTo(200);
	}

	@Test
	void certificateOfAnotherHostIsNotTrusted() {
		client = new IssuerClient(properties(), URI.create(server.issuer()), null);

		String address = server.keysUri().replace("localhost", "127.0.0.1");
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> status(client, address));
		assertThat(server.requests()).isEmpty();
	}

	private IssuerClient client() {
		IssuerClient created = new IssuerClient(properties(), URI.create(server.issuer()), null);
		client = created;
		return created;
	}

	private IssuerProperties properties() {
		return new IssuerProperties(directory.resolve("ca.crt"), directory.resolve("token"));
	}

	private int status(IssuerClient issuer) {
		return status(issuer, server.keysUri());
	}

	private static int status(@Nullable IssuerClient issuer, String url) {
		Integer status = Objects.requireNonNull(issuer)
			.client()
			.get()
			.uri(url)
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.block();
		return Objects.requireNonNull(status);
	}

}
