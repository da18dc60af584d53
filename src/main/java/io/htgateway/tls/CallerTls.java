package io.htgateway.tls;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.htgateway.settings.UnusableSettingsException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/**
 * TLS of callers: permits only the protocols and cipher suites that the JDK permits. Its
 * security properties (<code>jdk.tls.disabledAlgorithms</code>) have no effect on
 * BoringSSL, which would also accept suites without forward secrecy.
 */
public final class CallerTls {

	private static final Set<String> USABLE_KEYS = Set.of("RSA", "EC");

	private final Set<String> protocols;

	private final Set<String> ciphers;

	private CallerTls(SSLParameters permitted) {
		this.protocols = Set.of(permitted.getProtocols());
		this.ciphers = Set.of(permitted.getCipherSuites());
	}

	/**
	 * Returns the given server with TLS restricted, if it uses TLS.
	 */
	public static HttpServer restrict(HttpServer server) {
		SslProvider configured = server.configuration().sslProvider();
		if (configured == null) {
			return server;
		}
		CallerTls tls = new CallerTls(permitted());
		return server
			.secure(SslProvider.addHandlerConfigurator(configured, (handler) -> tls.restrict(handler.engine())))
			.doOnChannelInit(
					(observer, channel, address) -> channel.pipeline().addLast("htgateway.tls", tls.new Check()));
	}

	/**
	 * Checks that the key of the server can be used. BoringSSL takes keys of RSA and EC.
	 * @throws UnusableSettingsException if it is another one
	 */
	public static void requireUsableKey(@Nullable Ssl ssl, SslBundles bundles) {
		if (!Ssl.isEnabled(ssl) || !OpenSsl.isAvailable()) {
			return;
		}
		KeyStore keys = WebServerSslBundle.get(ssl, bundles).getStores().getKeyStore();
		Set<String> algorithms = (keys != null) ? algorithms(keys) : Set.of();
		if (!algorithms.isEmpty() && Collections.disjoint(algorithms, USABLE_KEYS)) {
			throw new UnusableSettingsException("The key of server.ssl is a key of " + String.join(", ", algorithms)
					+ ", which BoringSSL does not take: use a key of RSA or EC, or the JDK's TLS with the JVM option"
					+ " -Dio.netty.handler.ssl.noOpenSsl=true.");
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

	private static SSLParameters permitted() {
		try {
			return SSLContext.getDefault().getSupportedSSLParameters();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void restrict(SSLEngine engine) {
		engine.setEnabledProtocols(both(engine.getEnabledProtocols(), protocols));
		engine.setEnabledCipherSuites(both(engine.getEnabledCipherSuites(), ciphers));
	}

	private static String[] both(String[] enabled, Set<String> permitted) {
		return Arrays.stream(enabled).filter(permitted::contains).toArray(String[]::new);
	}

	/**
	 * Closes a connection with a cipher suite that is not permitted. The engine of a
	 * server name (SNI) is not restricted before.
	 */
	private final class Check extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof SslHandshakeCompletionEvent end) {
				SslHandler handler = context.pipeline().get(SslHandler.class);
				if (end.isSuccess() && !ciphers.contains(handler.engine().getSession().getCipherSuite())) {
					Future<?> _ = context.close();
					return;
				}
				context.pipeline().remove(this);
			}
			context.fireUserEventTriggered(event);
		}

	}

}
