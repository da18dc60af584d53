package io.htgateway.tls;

import io.htgateway.GatewayApplication;
import io.htgateway.settings.UnusableSettingsException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.Ssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ServerKey}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerKeyTests {

	@ParameterizedTest
	@EnumSource(names = { "rsa2048", "ecp256", "ecp384" })
	void keyOfRsaOrEcIsTaken(CertificateBuilder.Algorithm algorithm) throws Exception {
		Ssl ssl = ssl(certificate(algorithm));

		assertThatNoException()
			.isThrownBy(() -> ServerKey.requireUsable("server.ssl", ssl, new DefaultSslBundleRegistry()));
	}

	@Test
	void keyOfEd25519IsRefused() throws Exception {
		Ssl ssl = ssl(certificate(CertificateBuilder.Algorithm.ed25519));

		assertThatThrownBy(() -> ServerKey.requireUsable("server.ssl", ssl, new DefaultSslBundleRegistry()))
			.isInstanceOf(UnusableSettingsException.class)
			.hasMessageStartingWith("The key of server.ssl is a key of EdDSA, which BoringSSL does not take: use");
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.ssl", "management.server.ssl" })
	void startWithAKeyOfEd25519NamesTheProperty(String property, CapturedOutput output) throws Exception {
		X509Bundle certificate = certificate(CertificateBuilder.Algorithm.ed25519);
		SpringApplication application = new SpringApplication(GatewayApplication.class);

		assertThatException().isThrownBy(() -> application.run("--server.port=0", "--management.server.port=0",
				"--gateway.upstream.api-key=key", "--gateway.access.open=true",
				"--" + property + ".certificate=" + certificate.getCertificatePEM(),
				"--" + property + ".certificate-private-key=" + certificate.getPrivateKeyPEM()));

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("The key of " + property + " is a key of EdDSA, which BoringSSL does not take: use")
			.doesNotContain("PRIVATE KEY");
	}

	@Test
	void serverWithoutTlsNeedsNoKey() {
		assertThatNoException()
			.isThrownBy(() -> ServerKey.requireUsable("server.ssl", null, new DefaultSslBundleRegistry()));
	}

	private static X509Bundle certificate(CertificateBuilder.Algorithm algorithm) throws Exception {
		return new CertificateBuilder().subject("CN=localhost")
			.algorithm(algorithm)
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
	}

	private static Ssl ssl(X509Bundle certificate) {
		Ssl ssl = new Ssl();
		ssl.setCertificate(certificate.getCertificatePEM());
		ssl.setCertificatePrivateKey(certificate.getPrivateKeyPEM());
		return ssl;
	}

}
