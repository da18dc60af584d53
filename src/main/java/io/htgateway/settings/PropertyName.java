package io.htgateway.settings;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Forms in which names of properties are compared: without dashes and capitals, and with
 * <code>[]</code> for every index of a list.
 */
public final class PropertyName {

	static final String INDEX = "[]";

	private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

	private PropertyName() {
	}

	/**
	 * Returns the form of the given name.
	 */
	public static String of(ConfigurationPropertyName name) {
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
	 * Returns the letters and digits of a name of any source, in which words may be split
	 * in any way, and <code>[]</code> for each number.
	 */
	static String letters(String anyName) {
		return words(anyName).map((word) -> isNumber(word) ? INDEX : word.toLowerCase(Locale.ROOT))
			.collect(Collectors.joining());
	}

	/**
	 * Returns the numbers in a name of any source.
	 */
	static List<String> numbers(String anyName) {
		return words(anyName).filter(PropertyName::isNumber).toList();
	}

	private static Stream<String> words(String anyName) {
		return Arrays.stream(SEPARATORS.split(anyName)).filter((word) -> !word.isEmpty());
	}

	private static boolean isNumber(String word) {
		return NUMBER.matcher(word).matches();
	}

	/**
	 * Returns the written name with the given numbers as indexes, and with 0 for the
	 * others.
	 */
	static String indexed(String written, List<String> numbers) {
		Iterator<String> next = numbers.iterator();
		return Pattern.compile(INDEX, Pattern.LITERAL)
			.matcher(written)
			.replaceAll((index) -> Matcher.quoteReplacement("[" + (next.hasNext() ? next.next() : "0") + "]"));
	}

	/**
	 * Returns the variables of the environment that set the property with the given name:
	 * without dashes, and with an underscore for each.
	 */
	static List<String> variables(String indexed) {
		String name = indexed.replace('.', '_').replace('[', '_').replace("]", "").toUpperCase(Locale.ROOT);
		return List.of(name.replace("-", ""), name.replace('-', '_'));
	}

}
