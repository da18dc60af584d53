package io.htgateway.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties of the gateway, from the metadata that the build generates, and those of
 * the framework that are durations or sizes, from the framework's metadata.
 *
 * @param byForm the gateway's properties by the canonical form of their names
 * ({@link PropertyName})
 * @param byLetters the same by the letters of their names; computed once, since each name
 * of the environment is compared with all of them
 * @param ofTheFramework properties of the framework that are durations or sizes
 */
public record KnownProperties(Map<String, Property> byForm, Map<String, Property> byLetters,
		Set<Property> ofTheFramework) {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String LIST = "java.util.List<";

	private static final String PREFIX = "gateway.";

	// Spring Boot recognizes environment variables by this name of their source.
	private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

	private static final int MAX_DIFFERENCES = 3;

	/**
	 * Returns the properties of this gateway. Their metadata is read once.
	 */
	public static KnownProperties ofTheGateway() {
		return Holder.KNOWN;
	}

	private static KnownProperties read(ClassLoader classes) {
		Map<String, Property> byForm = new LinkedHashMap<>();
		Set<Property> ofTheFramework = new LinkedHashSet<>();
		forEach(classes, METADATA, (name, type) -> {
			Property property = new Property(name, type);
			if (name.startsWith(PREFIX)) {
				add(byForm, classes, name, type);
			}
			else if ((property.isOf(Duration.class) || property.isOf(DataSize.class))
					&& ConfigurationPropertyName.isValid(name)) {
				ofTheFramework.add(property);
			}
		});
		Map<String, Property> byLetters = byForm.values()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Property::letters, Function.identity()));
		return new KnownProperties(Map.copyOf(byForm), byLetters, Set.copyOf(ofTheFramework));
	}

	private static void add(Map<String, Property> byForm, ClassLoader classes, String name, String type) {
		Property property = new Property(name, type);
		byForm.put(PropertyName.of(name), property);
		if (!property.isList()) {
			return;
		}
		String element = type.substring(LIST.length(), type.length() - 1);
		String indexed = name + PropertyName.INDEX;
		int before = byForm.size();
		forEach(classes, elementMetadata(element),
				(part, partType) -> add(byForm, classes, indexed + "." + part, partType));
		if (byForm.size() == before) {
			byForm.put(PropertyName.of(indexed), new Property(indexed, element));
		}
	}

	// Returns the metadata resource of a type that is the element of a list.
	private static String elementMetadata(String type) {
		return "META-INF/spring/configuration-metadata/%s.json".formatted(type);
	}

	private static void forEach(ClassLoader classes, String resource, BiConsumer<String, String> property) {
		try {
			for (Enumeration<URL> found = classes.getResources(resource); found.hasMoreElements();) {
				try (InputStream metadata = found.nextElement().openStream()) {
					for (JsonNode each : JsonMapper.shared().readTree(metadata).path("properties")) {
						property.accept(each.path("name").asString(), each.path("type").asString());
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("The metadata of the gateway's properties cannot be read", ex);
		}
	}

	/**
	 * Returns whether the given name, as a source has it, is below a map. Names below a
	 * map are checked where the map is read.
	 */
	boolean isBelowMap(String name) {
		String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
		return byForm.values()
			.stream()
			.anyMatch((property) -> property.isMap() && dotted.startsWith(property.name() + "."));
	}

	/**
	 * Returns the property that Spring Boot binds to the given name of a source, if any.
	 * @param variable whether the name is that of an environment variable
	 */
	Optional<Property> boundTo(String name, boolean variable) {
		List<String> numbers = PropertyName.numbers(name);
		return Optional.ofNullable(byLetters.get(PropertyName.letters(name)))
			.filter((property) -> sourceOf(name, variable).getConfigurationProperty(property.at(numbers)) != null);
	}

	// Returns a source that has only the given name.
	private static ConfigurationPropertySource sourceOf(String name, boolean variable) {
		Map<String, Object> source = Map.of(name, "");
		return Objects.requireNonNull(ConfigurationPropertySource.from(variable
				? new SystemEnvironmentPropertySource(VARIABLES, source) : new MapPropertySource(name, source)));
	}

	/**
	 * Returns whether the given canonical form is that of a section: it has properties
	 * below it, and is not an element of a list.
	 */
	boolean hasBelow(String form) {
		return !form.endsWith(PropertyName.INDEX)
				&& byForm.keySet().stream().anyMatch((known) -> known.startsWith(form + "."));
	}

	/**
	 * Returns the property whose name is most similar to the given name of any source, if
	 * at most three characters differ.
	 */
	Optional<Property> nearest(String name) {
		return nearest(name, MAX_DIFFERENCES);
	}

	/**
	 * Returns the property whose name is most similar to the given name of any source, if
	 * at most the given number of characters differ.
	 */
	Optional<Property> nearest(String name, int differences) {
		return nearestTo(PropertyName.letters(name), differences);
	}

	/**
	 * Returns the property whose letters are most similar to the given ones, if at most
	 * three differ.
	 */
	Optional<Property> nearestTo(String letters) {
		return nearestTo(letters, MAX_DIFFERENCES);
	}

	private Optional<Property> nearestTo(String letters, int differences) {
		LevenshteinDistance distance = new LevenshteinDistance(differences);
		return byLetters.entrySet()
			.stream()
			.map((known) -> Map.entry(known.getValue(), distance.apply(letters, known.getKey())))
			.filter((known) -> known.getValue() >= 0)
			.min(Map.Entry.<Property, Integer>comparingByValue()
				.thenComparing((known) -> known.getKey().name(), Comparator.naturalOrder()))
			.map(Map.Entry::getKey);
	}

	/**
	 * One property, or one property of the elements of a list.
	 *
	 * @param name its name as documented, with <code>[]</code> for an index
	 * @param type full name of its Java type
	 */
	public record Property(String name, String type) {

		public boolean isList() {
			return type.startsWith(LIST);
		}

		String letters() {
			return PropertyName.letters(name.replace(PropertyName.INDEX, ".0"));
		}

		ConfigurationPropertyName at(List<String> numbers) {
			return ConfigurationPropertyName.of(PropertyName.indexed(name, numbers));
		}

		boolean isMap() {
			return type.startsWith("java.util.Map<");
		}

		boolean isPartOfList() {
			return name.contains(PropertyName.INDEX);
		}

		public boolean isOf(Class<?> wanted) {
			return type.equals(wanted.getName());
		}

	}

	private static final class Holder {

		private static final KnownProperties KNOWN = read(KnownProperties.class.getClassLoader());

	}

}
