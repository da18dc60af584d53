package io.htgateway.settings;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Loader of YAML configuration files that names the file in its failures: one that is not
 * valid YAML, or from which no property would be read. Otherwise loads as Spring Boot
 * does, which finds this loader in <code>META-INF/spring.factories</code>.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NamedYamlLoader implements PropertySourceLoader {

	/**
	 * Name that Spring Boot gives to a document that is a single text or list.
	 */
	private static final String DOCUMENT = "document";

	private final YamlPropertySourceLoader loader = new YamlPropertySourceLoader();

	@Override
	public String[] getFileExtensions() {
		return loader.getFileExtensions();
	}

	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		List<PropertySource<?>> documents;
		try {
			documents = loader.load(name, resource);
		}
		catch (YAMLException bad) {
			throw invalid(resource, YamlProblem.of(bad, content(resource)));
		}
		catch (StackOverflowError bad) {
			throw invalid(resource, YamlProblem.ENDLESS);
		}
		if (documents.stream().anyMatch(NamedYamlLoader::hasNoNames)) {
			throw invalid(resource, "is a single text or list without property names, so no property is read from it");
		}
		return documents;
	}

	private static boolean hasNoNames(PropertySource<?> document) {
		return document instanceof EnumerablePropertySource<?> properties
				&& Arrays.stream(properties.getPropertyNames())
					.anyMatch((name) -> name.equals(DOCUMENT) || name.startsWith(DOCUMENT + "["));
	}

	private static byte[] content(Resource resource) throws IOException {
		try (InputStream in = resource.getInputStream()) {
			return in.readAllBytes();
		}
	}

	private static InvalidYamlException invalid(Resource resource, String problem) {
		String file = PropertyLocation.file(resource);
		return new InvalidYamlException((file.isEmpty() ? resource.getDescription() : file) + " " + problem + ".");
	}

}
