package io.htgateway.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HexFormat;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.SeenRequests;
import io.htgateway.testing.platform.SecurityTest;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that use TLS.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class TlsIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String TOKEN = "canary-token-77a1";

	/**
	 * An SSL 2 greeting with the 128 bytes that it announces.
	 */
	private static final String LONG_HELLO = "8080010301"
			+ "0000000000000000000000000000000000000000000000000000000000000000000000000000000000"
			+ "0000000000000000000000000000000000000000000000000000000000000000000000000000000000"
			+ "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000";

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
			assertThat(seen.count()).isEqualTo(seenBefore);
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

	@Tag("faults")
	@ParameterizedTest
	@EnumSource(Http2Attack.class)
	void connectionWhenBrokenEndsQuietly(Http2Attack attack, CapturedOutput output) {
		attack.run(this::http2, this::http2, HEATMAP, output);
	}

	@ParameterizedTest
	@ValueSource(strings = { "16030100050100000100", "1603010004aabbccdd", "1503010002022a", LONG_HELLO, "00",
			"ffffffffffff" })
	void handshakeWhenBrokenOrAbortedEndsQuietly(String bytes, CapturedOutput output) {
		assertEndsQuietly(bytes, output);
	}

	// Takes as long as the timeout of a handshake.
	@Test
	@Tag("faults")
	void handshakeWhenItStopsEndsQuietly(CapturedOutput output) {
		assertEndsQuietly("8080010301", output);
	}

	private void assertEndsQuietly(String bytes, CapturedOutput output) {
		int before = output.length();
		try (RawClient client = RawClient.of(gateway)) {
			client.send(HexFormat.of().parseHex(bytes));
			client.reset();
		}
		try (RawClient client = RawClient.of(gateway)) {
			client.send(HexFormat.of().parseHex(bytes));
			client.send(" canary-token-77a1\r\n\r\n");
			client.readToEnd();
		}
		try (Http2Client client = http2()) {
			client.request(1, Http2Frames.get(HEATMAP));
			assertThat(client.answer(1).status()).isEqualTo(200);
		}

		assertThat(Http2Attack.linesIn(output.toString().substring(before))).isEmpty();
	}

	@Test
	void connectionWhenProtocolIsUnknownIsServedHttp11(CapturedOutput output) throws Exception {
		int before = output.length();
		try (RawClient client = RawClient.secure(gateway.port(), trust(), "h3")) {
			client.send("GET " + HEATMAP + " HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
		}

		assertThat(Http2Attack.linesIn(output.toString().substring(before))).isEmpty();
	}

	@Test
	void connectionWhenRecordIsBrokenAfterHandshakeEndsQuietly(CapturedOutput output) throws Exception {
		int before = output.length();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
				SSLSocket secure = (SSLSocket) trust().getSocketFactory()
					.createSocket(socket, "127.0.0.1", gateway.port(), false)) {
			SSLParameters parameters = secure.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { "h2" });
			secure.setSSLParameters(parameters);
			secure.startHandshake();
			secure.getOutputStream().write(Http2Frames.PREFACE.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(HexFormat.of().parseHex("17030300050102030405"));
			socket.getOutputStream().write(TOKEN.getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (SocketException reset) {
			// A reset closes the connection as well.
		}

		assertThat(Http2Attack.linesIn(output.toString().substring(before))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 1_000 })
	void requestsWhenManyAreSentAtOnceAreAllAnswered(int requests) throws Exception {
		try (HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_2)
			.sslContext(trust())
			.build()) {
			// Java's client opens a connection for each request as long as it has none,
			// and the server ends a handshake after 10 s.
			assertThat(get(client).statusCode()).isEqualTo(200);
			ManyRequests.send(client, URI.create("https://127.0.0.1:" + gateway.port() + HEATMAP), requests);
		}
	}

	private Http2Client http2() {
		try {
			return Http2Client.on(RawClient.secure(gateway.port(), trust(), "h2"));
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new AssertionError(ex);
		}
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
