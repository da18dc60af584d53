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
 * Forms of property names, in which names of different sources can be compared. The
 * canonical form has no dashes and capitals, and <code>[]</code> for each index of a
 * list.
 */
public final class PropertyName {

	static final String INDEX = "[]";

	private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

	private PropertyName() {
	}

	/**
	 * Returns the canonical form of the given name.
	 */
	public static String of(ConfigurationPropertyName name) {
		return IntStream.range(0, name.getNumberOfElements())
			.mapToObj((index) -> name.isNumericIndex(index) ? INDEX : "." + name.getElement(index, Form.UNIFORM))
			.collect(Collectors.joining())
			.substring(1);
	}

	/**
	 * Returns the canonical form of a name that is written as in the metadata, where
	 * indexes are <code>[]</code> already.
	 */
	static String of(String documented) {
		return documented.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the letters of a name of any source, with <code>[]</code> for each number.
	 * Names that differ only in separators and capitals have the same letters.
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
	 * Returns the documented name with the given numbers as its indexes, and with 0 for
	 * missing ones.
	 */
	static String indexed(String documented, List<String> numbers) {
		Iterator<String> next = numbers.iterator();
		return Pattern.compile(INDEX, Pattern.LITERAL)
			.matcher(documented)
			.replaceAll((index) -> Matcher.quoteReplacement("[" + (next.hasNext() ? next.next() : "0") + "]"));
	}

	/**
	 * Returns the two environment variables that set the property with the given name:
	 * one without its dashes, and one with an underscore for each dash.
	 */
	static List<String> variables(String indexed) {
		String name = indexed.replace('.', '_').replace('[', '_').replace("]", "").toUpperCase(Locale.ROOT);
		return List.of(name.replace("-", ""), name.replace('-', '_'));
	}

}
