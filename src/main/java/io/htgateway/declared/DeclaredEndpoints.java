package io.htgateway.declared;

import java.time.InstantSource;
import java.util.Map;

import io.htgateway.cache.ResponseCache;
import io.htgateway.file.FileFormat;
import io.htgateway.file.FileLoader;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.UpstreamClient;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Registers every declared endpoint, after the built-in ones.
 */
final class DeclaredEndpoints implements BeanRegistrar {

	private static final int ORDER = 100;

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		DeclaredNames.check(environment);
		Map<String, DeclaredProperties> declared = Binder.get(environment)
			.bind("gateway", EndpointsProperties.class)
			.map(EndpointsProperties::endpoints)
			.orElse(Map.of());
		declared.forEach((name, properties) -> {
			registry.registerBean(name + "-description", Endpoint.class,
					(bean) -> bean.order(ORDER).supplier((context) -> properties.endpoint(name)));
			registry.registerBean(name + "-endpoint", DeclaredEndpoint.class,
					(bean) -> bean.order(ORDER)
						.supplier((context) -> new DeclaredEndpoint(name, properties, context.bean(ResponseCache.class),
								loader(properties, context))));
		});
	}

	private static DeclaredLoader loader(DeclaredProperties properties, BeanRegistry.SupplierContext context) {
		return switch (properties.kind()) {
			case JSON, TEXT -> new BodyLoader(context.bean(UpstreamClient.class), context.bean(InstantSource.class),
					properties.kind(), properties.type());
			case FILE -> new LinkedFileLoader(files(properties, context), FileFormat.any(properties.type()));
		};
	}

	private static FileLoader files(DeclaredProperties properties, BeanRegistry.SupplierContext context) {
		FileLoader files = context.bean(FileLoader.class);
		return (properties.maxSize() != null) ? files.withMaxSize(properties.maxBytes()) : files;
	}

}
