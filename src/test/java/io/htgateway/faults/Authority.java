package io.htgateway.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import javax.net.ssl.SSLContext;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * A certificate authority of this run alone, and the certificates that it has issued.
 */
final class Authority {

	private static final Duration LIFETIME = Duration.ofDays(30);

	private final X509Bundle root;

	private final Map<Certificate, X509Bundle> issued = new EnumMap<>(Certificate.class);

	private Authority(X509Bundle root) {
		this.root = root;
	}

	static Authority create() {
		try {
			Instant now = Instant.now();
			Authority authority = new Authority(
					builder("authority", now.minus(LIFETIME), now.plus(LIFETIME)).setIsCertificateAuthority(true)
						.buildSelfSigned());
			for (Certificate certificate : Certificate.values()) {
				authority.issued.put(certificate, certificate
					.addHost(builder(certificate.name(), now.minus(certificate.age()), now.plus(certificate.left())))
					.buildIssuedBy(authority.root));
			}
			return authority;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static CertificateBuilder builder(String name, Instant start, Instant end) {
		return new CertificateBuilder().ecp256().subject("CN=" + name).notBefore(start).notAfter(end);
	}

	/**
	 * What a client has to trust, without any key.
	 */
	KeyStore trust() {
		try {
			KeyStore trust = KeyStore.getInstance("PKCS12");
			trust.load(null, null);
			trust.setCertificateEntry("authority", root.getCertificate());
			return trust;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The TLS of a server with the given certificate. Each has sessions of its own, so
	 * that none is resumed under another certificate.
	 */
	SSLContext tls(Certificate certificate) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(Objects.requireNonNull(issued.get(certificate)).toKeyManagerFactory().getKeyManagers(), null,
					null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
