package io.htgateway.tls;

import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/**
 * TLS of callers: permits only the protocols and cipher suites that the JDK permits. Its
 * security properties (<code>jdk.tls.disabledAlgorithms</code>) have no effect on
 * BoringSSL, which would also accept suites without forward secrecy.
 */
public final class CallerTls {

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
