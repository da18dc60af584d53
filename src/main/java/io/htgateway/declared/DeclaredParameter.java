package io.htgateway.declared;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A query parameter that clients may send to a declared endpoint. The configuration can
 * give its name alone.
 *
 * @param name name of the parameter
 * @param pattern regular expression that a whole value must match; by default 1 to 2048
 * printable ASCII characters
 * @param required whether a request must have the parameter
 * @param array whether the parameter may have several values, as
 * <code>name[]=a&amp;name[]=b</code> or <code>name=a&amp;name=b</code>; their order does
 * not matter
 * @param lowerCase whether case does not matter; values are sent in lower case
 */
record DeclaredParameter(String name, @Nullable String pattern, @DefaultValue("false") boolean required,
		@DefaultValue("false") boolean array, @DefaultValue("false") boolean lowerCase) {

	private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,39}");

	private static final String ANY = "[\\x20-\\x7e]{1,2048}";

	/**
	 * Checks the name and the pattern.
	 * @throws IllegalArgumentException if one is invalid, with the end of a sentence that
	 * starts with the property
	 */
	void check() {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"must have names of letters, digits and _, starting with a letter and without [], such as address");
		}
		try {
			compiledPattern();
		}
		catch (PatternSyntaxException invalid) {
			throw new IllegalArgumentException("has an invalid regular expression as the pattern of " + name, invalid);
		}
	}

	/**
	 * Creates a parameter with the given name and default properties. Public for the
	 * configuration binder.
	 */
	public static DeclaredParameter valueOf(String name) {
		return new DeclaredParameter(name, null, false, false, false);
	}

	/**
	 * Compiles the pattern that a whole value must match.
	 */
	Pattern compiledPattern() {
		return Pattern.compile((pattern != null) ? pattern : ANY);
	}

	/**
	 * Returns the rule for a value, as the end of the sentence "the parameter ...".
	 */
	String expectation() {
		return (pattern != null) ? "must match " + pattern : "must be 1 to 2048 printable ASCII characters";
	}

	/**
	 * Returns the name that the upstream expects.
	 */
	String upstreamName() {
		return array ? name + "[]" : name;
	}

	/**
	 * Returns the form of the given value that the cache and the upstream call use.
	 */
	String canonical(String value) {
		return lowerCase ? value.toLowerCase(Locale.ROOT) : value;
	}

}
