package io.htgateway.tls;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import io.htgateway.settings.UnusableSettingsException;
import io.netty.handler.ssl.OpenSsl;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;

/**
 * Check of the private key of a server with TLS. BoringSSL takes keys of RSA and EC.
 */
public final class ServerKey {

	private static final Set<String> USABLE = Set.of("RSA", "EC");

	private ServerKey() {
	}

	/**
	 * Checks that the key can be used, if the server has TLS.
	 * @param property name of the property that configures the TLS
	 * @throws UnusableSettingsException if it cannot be used
	 */
	public static void requireUsable(String property, @Nullable Ssl ssl, SslBundles bundles) {
		if (!Ssl.isEnabled(ssl) || !OpenSsl.isAvailable()) {
			return;
		}
		KeyStore keys = WebServerSslBundle.get(ssl, bundles).getStores().getKeyStore();
		Set<String> algorithms = (keys != null) ? algorithms(keys) : Set.of();
		if (!algorithms.isEmpty() && Collections.disjoint(algorithms, USABLE)) {
			throw new UnusableSettingsException("The key of " + property + " is a key of "
					+ String.join(", ", algorithms) + ", which BoringSSL does not take: use a key of RSA or EC, or the"
					+ " JDK's TLS with the JVM option -Dio.netty.handler.ssl.noOpenSsl=true.");
		}
	}

	private static Set<String> algorithms(KeyStore keys) {
		try {
			Set<String> algorithms = new TreeSet<>();
			for (String alias : Collections.list(keys.aliases())) {
				if (keys.isKeyEntry(alias)) {
					algorithms.add(keys.getCertificate(alias).getPublicKey().getAlgorithm());
				}
			}
			return algorithms;
		}
		catch (KeyStoreException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
