package io.htgateway.testing.replicas;

import java.time.InstantSource;
import java.util.List;

import io.htgateway.GatewayApplication;
import io.htgateway.testing.Gateway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * A gateway in this JVM.
 */
public final class ReplicaContext implements Replica {

	private final ConfigurableApplicationContext context;

	private ReplicaContext(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static ReplicaContext start(@Nullable InstantSource clock, List<String> arguments) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.setRegisterShutdownHook(false);
		application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) (context) -> {
			context.getBeanFactory().registerSingleton("noTestConfiguration", new NoTestConfiguration());
			if (clock != null) {
				context.registerBean("clock", InstantSource.class, () -> clock);
			}
		});
		return new ReplicaContext(application.run(arguments.toArray(String[]::new)));
	}

	@Override
	public Gateway gateway() {
		return Gateway.of(context.getEnvironment());
	}

	/**
	 * What the gateway is made of.
	 */
	public <T> T bean(Class<T> type) {
		return context.getBean(type);
	}

	/**
	 * A part of the gateway by its name, where there are several of its type.
	 */
	public <T> T bean(String name, Class<T> type) {
		return context.getBean(name, type);
	}

	@Override
	public void stop() {
		context.close();
	}

	@Override
	public void close() {
		context.close();
	}

	/**
	 * Keeps the configurations of other tests, which lie in the gateway's packages, out
	 * of it.
	 */
	private static final class NoTestConfiguration extends TypeExcludeFilter {

		@Override
		public boolean match(MetadataReader candidate, MetadataReaderFactory readers) {
			return candidate.getAnnotationMetadata().isAnnotated(TestConfiguration.class.getName());
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof NoTestConfiguration;
		}

		@Override
		public int hashCode() {
			return NoTestConfiguration.class.hashCode();
		}

	}

}
