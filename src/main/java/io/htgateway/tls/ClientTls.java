package io.htgateway.tls;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * TLS of outgoing connections: the JDK's, whose failures contain the alert that the
 * server sent. Netty would otherwise use BoringSSL, as for incoming connections.
 */
public final class ClientTls {

	private ClientTls() {
	}

	/**
	 * Returns the given client with the certificates, ciphers and protocols of the
	 * bundle, or with the JDK's if it is null.
	 */
	public static HttpClient secure(HttpClient client, @Nullable SslBundle bundle) {
		GenericSslContextSpec<SslContextBuilder> context = Http11SslContextSpec.forClient().configure((builder) -> {
			builder.sslProvider(SslProvider.JDK);
			if (bundle != null) {
				apply(bundle, builder);
			}
		});
		return client.secure((tls) -> tls.sslContext(context));
	}

	private static void apply(SslBundle bundle, SslContextBuilder builder) {
		SslOptions options = bundle.getOptions();
		builder.keyManager(bundle.getManagers().getKeyManagerFactory());
		builder.trustManager(bundle.getManagers().getTrustManagerFactory());
		builder.ciphers(SslOptions.asSet(options.getCiphers()));
		builder.protocols(options.getEnabledProtocols());
	}

}
