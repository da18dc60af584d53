package io.htgateway.web.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.testing.platform.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerFactoryCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Defaults of the framework that depend on the platform are the same on all platforms.
 */
class PlatformIntegrationTests {

	@ParameterizedTest
	@EnumSource(Platform.class)
	void forwardedHeadersAreBelievedNowhere(Platform platform) {
		ConfigurableEnvironment environment = environment(platform);
		assertThat(CloudPlatform.getActive(environment)).isEqualTo(CloudPlatform.valueOf(platform.name()));
		assertThat(believes(environment, new ServerProperties())).as("by the framework's default").isTrue();

		ConfigDataEnvironmentPostProcessor.applyTo(environment);

		ServerProperties properties = Binder.get(environment).bind("server", ServerProperties.class).get();
		assertThat(properties.getForwardHeadersStrategy()).isEqualTo(ServerProperties.ForwardHeadersStrategy.NONE);
		assertThat(believes(environment, properties)).isFalse();
	}

	@Test
	void serverWhenSomethingTurnedForwardedHeadersOnBelievesThemNot() {
		HttpServer believing = HttpServer.create().host("127.0.0.1").port(0).forwarded(true);

		assertThat(seen(believing)).isEqualTo("203.0.113.66 /swagger-ui");
		assertThat(seen(ServerConfiguration.withGuards(believing))).isEqualTo("127.0.0.1 null");
	}

	private static String seen(HttpServer server) {
		DisposableServer running = server.handle((request, response) -> response
			.sendString(Mono.just(Objects.requireNonNull(request.remoteAddress()).getAddress().getHostAddress() + " "
					+ request.forwardedPrefix())))
			.bindNow();
		try {
			return HttpClient.create()
				.headers((headers) -> headers.set("X-Forwarded-For", "203.0.113.66")
					.set("X-Forwarded-Prefix", "/swagger-ui"))
				.get()
				.uri("http://127.0.0.1:" + running.port() + "/")
				.responseContent()
				.aggregate()
				.asString()
				.blockOptional()
				.orElseThrow();
		}
		finally {
			running.disposeNow();
		}
	}

	private static ConfigurableEnvironment environment(Platform platform) {
		StandardEnvironment environment = new StandardEnvironment();
		Map<String, Object> variables = new HashMap<>(platform.variables());
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return environment;
	}

	private static boolean believes(ConfigurableEnvironment environment, ServerProperties properties) {
		AtomicReference<Boolean> believes = new AtomicReference<>();
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory() {

			@Override
			public void setUseForwardHeaders(boolean useForwardHeaders) {
				believes.set(useForwardHeaders);
			}

		};
		new NettyReactiveWebServerFactoryCustomizer(environment, properties, new NettyServerProperties())
			.customize(factory);
		return believes.get();
	}

}
