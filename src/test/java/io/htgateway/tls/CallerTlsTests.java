package io.htgateway.tls;

import java.util.List;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link CallerTls}.
 */
class CallerTlsTests {

	private static final String WITH_FORWARD_SECRECY = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

	@BeforeAll
	static void nativeLibraryIsLoaded() {
		assertThat(OpenSsl.unavailabilityCause()).as("BoringSSL loads on Linux with glibc, macOS and Windows").isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA",
			"TLS_RSA_WITH_AES_256_CBC_SHA" })
	void suiteWithoutForwardSecrecyIsRefused(String suite) throws Exception {
		assertThat(get(server(), suite)).isEqualTo("hello");
		assertThatThrownBy(() -> get(CallerTls.restrict(server()), suite)).hasMessageContaining("HANDSHAKE_FAILURE");
	}

	@ParameterizedTest
	@ValueSource(strings = { WITH_FORWARD_SECRECY, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" })
	void suiteWithForwardSecrecyIsAccepted(String suite) throws Exception {
		assertThat(get(CallerTls.restrict(server()), suite)).isEqualTo("hello");
	}

	@Test
	void engineIsNative() throws Exception {
		Class<?>[] engine = new Class<?>[1];
		HttpServer server = CallerTls.restrict(server())
			.doOnConnection((connection) -> engine[0] = connection.channel()
				.pipeline()
				.get(SslHandler.class)
				.engine()
				.getClass());

		assertThat(get(server, WITH_FORWARD_SECRECY)).isEqualTo("hello");

		assertThat(engine[0]).isAssignableTo(ReferenceCountedOpenSslEngine.class);
	}

	private static @Nullable String get(HttpServer server, String suite) throws Exception {
		SslContext context = SslContextBuilder.forClient()
			.sslProvider(SslProvider.OPENSSL)
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.protocols("TLSv1.2")
			.ciphers(List.of(suite))
			.build();
		DisposableServer bound = server.host("127.0.0.1").port(0).bindNow();
		try {
			return HttpClient.newConnection()
				.secure((tls) -> tls.sslContext(context))
				.get()
				.uri("https://127.0.0.1:" + bound.port() + "/")
				.responseContent()
				.aggregate()
				.asString()
				.block();
		}
		finally {
			bound.disposeNow();
		}
	}

	private static HttpServer server() throws Exception {
		GenericSslContextSpec<SslContextBuilder> context = Http11SslContextSpec
			.forServer(new CertificateBuilder().subject("CN=localhost")
				.algorithm(CertificateBuilder.Algorithm.rsa2048)
				.setIsCertificateAuthority(true)
				.buildSelfSigned()
				.toKeyManagerFactory());
		return HttpServer.create()
			.secure((tls) -> tls.sslContext(context))
			.handle((request, response) -> response.sendString(Mono.just("hello")));
	}

}
