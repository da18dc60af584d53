package io.htgateway.teams;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Names of the properties that a record has, without the dashes and capitals in which
 * they may differ.
 */
final class PropertyNames {

	private static final String NUMBER = "[]";

	private PropertyNames() {
	}

	/**
	 * The names of all properties of the given record, and of what it consists of.
	 */
	static Set<String> of(Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap(PropertyNames::of).collect(Collectors.toSet());
	}

	private static Stream<String> of(RecordComponent component) {
		String name = component.getName().toLowerCase(Locale.ROOT);
		if (component.getGenericType() instanceof ParameterizedType list && list.getRawType().equals(List.class)) {
			Type element = list.getActualTypeArguments()[0];
			return Stream.concat(Stream.of(name), elements(name + NUMBER, (Class<?>) element));
		}
		return component.getType().isRecord() ? Stream.concat(Stream.of(name), elements(name, component.getType()))
				: Stream.of(name);
	}

	private static Stream<String> elements(String name, Class<?> type) {
		return type.isRecord() ? of(type).stream().map((property) -> name + "." + property) : Stream.of(name);
	}

	/**
	 * The given name in the same form, from its second element on.
	 */
	static String of(ConfigurationPropertyName name) {
		return IntStream.range(1, name.getNumberOfElements())
			.mapToObj((index) -> name.isNumericIndex(index) ? NUMBER : "." + name.getElement(index, Form.UNIFORM))
			.collect(Collectors.joining())
			.substring(1);
	}

	/**
	 * The properties of the given record as they are written.
	 */
	static String written(Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
			.collect(Collectors.joining(", "));
	}

}
