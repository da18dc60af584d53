package io.htgateway.settings;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Forms in which names of properties are compared: without dashes and capitals, and with
 * <code>[]</code> for every index of a list.
 */
final class PropertyName {

	static final String INDEX = "[]";

	private PropertyName() {
	}

	/**
	 * Returns the form of the given name.
	 */
	static String of(ConfigurationPropertyName name) {
		return IntStream.range(0, name.getNumberOfElements())
			.mapToObj((index) -> name.isNumericIndex(index) ? INDEX : "." + name.getElement(index, Form.UNIFORM))
			.collect(Collectors.joining())
			.substring(1);
	}

	/**
	 * Returns the form of a name as the metadata of the build writes it.
	 */
	static String of(String written) {
		return written.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the form for variables of the environment, which have one character for
	 * dots and dashes.
	 */
	static String ofVariable(String form) {
		return form.replace(".", "");
	}

}
