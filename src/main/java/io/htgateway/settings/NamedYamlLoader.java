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
 * Loads files of the configuration as Spring Boot does, and names the file that is not
 * YAML or of which nothing would be read. Spring Boot finds this loader in
 * <code>META-INF/spring.factories</code>.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NamedYamlLoader implements PropertySourceLoader {

	/**
	 * Name that Spring Boot gives to a text or list that is a whole document.
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
			throw invalid(resource, "is one text or list, so nothing in it is read");
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
