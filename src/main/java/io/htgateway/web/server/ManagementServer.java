package io.htgateway.web.server;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Fits the server of the management port for clients that are slow or broken. It is of a
 * context of its own, which finds this class by its name in <code>META-INF/spring</code>:
 * with a stereotype, the gateway's own context would find it as well.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementServer {

	@Bean
	static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementServerCustomizer() {
		return (factory) -> factory.addServerCustomizers(ServerConfiguration::fair, ServerConfiguration::patient,
				ServerConfiguration::guarded, ServerConfiguration::inTurn);
	}

}
