package io.htgateway.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.apache.commons.text.similarity.LevenshteinDistance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties of the gateway, from the metadata that the build generates.
 *
 * @param byForm each property by the form of its name ({@link PropertyName})
 */
record KnownProperties(Map<String, Property> byForm) {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String LIST = "java.util.List<";

	private static final String PREFIX = "gateway.";

	private static final int LIKE = 3;

	private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

	/**
	 * Those of this gateway, whose metadata is read once.
	 */
	static KnownProperties ofTheGateway() {
		return Holder.KNOWN;
	}

	private static KnownProperties read(ClassLoader classes) {
		Map<String, Property> byForm = new LinkedHashMap<>();
		forEach(classes, METADATA, (name, type) -> {
			if (name.startsWith(PREFIX)) {
				add(byForm, classes, name, type);
			}
		});
		return new KnownProperties(Map.copyOf(byForm));
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

	// Of a type whose values are elements of a list.
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
	 * Returns whether the given form is below a map, whose names are checked where the
	 * map is read.
	 */
	boolean isBelowMap(String form) {
		return byForm.values()
			.stream()
			.anyMatch((property) -> property.isMap() && form.startsWith(PropertyName.of(property.name()) + "."));
	}

	boolean hasName(String form) {
		return byForm.containsKey(form);
	}

	boolean hasVariable(String form) {
		return byForm.keySet().stream().map(PropertyName::ofVariable).anyMatch(PropertyName.ofVariable(form)::equals);
	}

	/**
	 * Whether the given form is that of a section, which has properties, and is not a
	 * part of a list.
	 */
	boolean hasBelow(String form) {
		return !form.endsWith(PropertyName.INDEX)
				&& byForm.keySet().stream().anyMatch((known) -> known.startsWith(form + "."));
	}

	/**
	 * Returns the written name of the property whose name is most like the given one, if
	 * any is.
	 */
	Optional<String> nearest(String form) {
		return nearest(form, LIKE);
	}

	/**
	 * Returns the same, where no more than the given number of characters differ.
	 */
	Optional<String> nearest(String form, int differences) {
		String wanted = PropertyName.ofVariable(form);
		return byForm.entrySet()
			.stream()
			.map((known) -> Map.entry(known.getValue().name(),
					DISTANCE.apply(wanted, PropertyName.ofVariable(known.getKey()))))
			.filter((known) -> known.getValue() <= differences)
			.min(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
			.map(Map.Entry::getKey);
	}

	/**
	 * One property, or one part of the elements of a list.
	 *
	 * @param name its name as it is written, with <code>[]</code> for an index
	 * @param type the full name of its Java type
	 */
	record Property(String name, String type) {

		boolean isList() {
			return type.startsWith(LIST);
		}

		boolean isMap() {
			return type.startsWith("java.util.Map<");
		}

		boolean isPartOfList() {
			return name.contains(PropertyName.INDEX);
		}

		boolean isOf(Class<?> wanted) {
			return type.equals(wanted.getName());
		}

	}

	private static final class Holder {

		private static final KnownProperties KNOWN = read(KnownProperties.class.getClassLoader());

	}

}
