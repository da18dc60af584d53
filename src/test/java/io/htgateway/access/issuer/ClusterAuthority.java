package io.htgateway.access.issuer;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.SSLContext;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * The certificate authority of a cluster, as in its <code>kube-root-ca.crt</code>.
 */
final class ClusterAuthority {

	private static final Duration LIFETIME = Duration.ofDays(30);

	private final X509Bundle root;

	ClusterAuthority() {
		try {
			this.root = builder("kubernetes").setIsCertificateAuthority(true).buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the content of <code>ca.crt</code>.
	 */
	String pem() {
		return root.getCertificatePEM();
	}

	/**
	 * Returns the content of <code>ca.key</code>.
	 */
	String privateKeyPem() {
		return root.getPrivateKeyPEM();
	}

	/**
	 * Returns the TLS of an API server at the given name.
	 */
	SSLContext tls(String name) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(builder("kube-apiserver").addSanDnsName(name)
				.buildIssuedBy(root)
				.toKeyManagerFactory()
				.getKeyManagers(), null, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static CertificateBuilder builder(String name) {
		Instant now = Instant.now();
		return new CertificateBuilder().ecp256()
			.subject("CN=" + name)
			.notBefore(now.minus(LIFETIME))
			.notAfter(now.plus(LIFETIME));
	}

}
