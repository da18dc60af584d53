package io.htgateway.access.issuer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

import io.htgateway.secret.Secret;
import io.htgateway.secret.UnusableSecretException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Parser of a file with certificates of authorities, in PEM (RFC 7468).
 */
final class AuthorityFile {

	private AuthorityFile() {
	}

	/**
	 * Returns an SSL bundle that trusts only the authorities in the given file.
	 * @throws UnusableSecretException if the file has anything but certificates
	 */
	static SslBundle parse(Secret content) {
		try {
			Collection<? extends Certificate> authorities = CertificateFactory.getInstance("X.509")
				.generateCertificates(new ByteArrayInputStream(content.reveal().getBytes(UTF_8)));
			KeyStore trusted = KeyStore.getInstance("PKCS12");
			trusted.load(null, null);
			for (Certificate authority : authorities) {
				trusted.setCertificateEntry("authority" + trusted.size(), authority);
			}
			if (trusted.size() > 0) {
				return SslBundle.of(SslStoreBundle.of(null, null, trusted));
			}
		}
		// The message may repeat a part of the file, which may be a private key.
		catch (GeneralSecurityException | IOException malformed) {
			throw unusable();
		}
		throw unusable();
	}

	private static UnusableSecretException unusable() {
		return new UnusableSecretException(
				"must contain certificates in PEM, each between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----");
	}

}
