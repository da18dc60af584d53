package io.htgateway.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HexFormat;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.SeenRequests;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that are served with TLS.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class TlsIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String TOKEN = "canary-token-77a1";

	private static final X509Bundle CERTIFICATE = certificate();

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private SeenRequests seen;

	@DynamicPropertySource
	static void tls(DynamicPropertyRegistry properties) {
		properties.add("server.ssl.certificate", CERTIFICATE::getCertificatePEM);
		properties.add("server.ssl.certificate-private-key", CERTIFICATE::getPrivateKeyPEM);
	}

	@ParameterizedTest
	@EnumSource(HttpClient.Version.class)
	void requestsAreAnsweredFromCacheInBothProtocols(HttpClient.Version version)
			throws IOException, InterruptedException, GeneralSecurityException {
		try (HttpClient client = HttpClient.newBuilder().version(version).sslContext(trust()).build()) {
			HttpResponse<String> first = get(client);
			assertThat(first.statusCode()).isEqualTo(200);
			assertThat(first.version()).isEqualTo(version);
			assertThat(first.body()).startsWith("{\"coin\":\"BTC\"");
			int seenBefore = seen.count();

			for (int time = 0; time < 20; time++) {
				HttpResponse<String> hit = get(client);
				assertThat(hit.body()).isEqualTo(first.body());
				assertThat(hit.headers().firstValue("Cache-Status")).get().asString().contains("; hit; ");
			}
			assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
			assertThat(seen.count() - seenBefore).isEqualTo((version == HttpClient.Version.HTTP_1_1) ? 0 : 20);
		}
	}

	@Test
	void requestWithoutTlsIsClosedAndNothingOfItIsLogged(CapturedOutput output) throws IOException {
		Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
		Level before = root.getLevel();
		root.setLevel(Level.TRACE);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
			socket.getOutputStream()
				.write(("GET " + HEATMAP + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));

			assertThat(socket.getInputStream().readAllBytes()).isEmpty();
		}
		finally {
			root.setLevel(before);
		}

		assertThat(output.toString()).contains("DEBUG")
			.doesNotContain(TOKEN)
			.doesNotContain(HexFormat.of().formatHex(TOKEN.getBytes(StandardCharsets.US_ASCII)))
			.doesNotContain("NotSslRecordException");
	}

	private HttpResponse<String> get(HttpClient client) throws IOException, InterruptedException {
		URI uri = URI.create("https://127.0.0.1:" + gateway.port() + HEATMAP);
		return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static SSLContext trust() throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("gateway", CERTIFICATE.getCertificate());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private static X509Bundle certificate() {
		try {
			return new CertificateBuilder().subject("CN=gateway")
				.addSanIpAddress("127.0.0.1")
				.setIsCertificateAuthority(true)
				.buildSelfSigned();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
