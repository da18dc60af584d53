package io.htgateway.web.server;

import io.htgateway.tls.ServerKey;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Protects the server of the management port from slow and broken clients. That server
 * has a context of its own, which finds this class by its name in
 * <code>META-INF/spring</code>. The class has no stereotype, so that the context of the
 * gateway does not find it too.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementServer {

	@Bean
	static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementServerCustomizer(SslBundles bundles) {
		return (factory) -> {
			ServerKey.requireUsable("management.server.ssl", factory.getSsl(), bundles);
			factory.addServerCustomizers(ServerConfiguration::withFairTurns, ServerConfiguration::withTimeouts,
					ServerConfiguration::withGuards, ServerConfiguration::withPipelining);
		};
	}

}
