package io.htgateway.declared;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A query parameter that clients may send to a declared endpoint. In configuration its
 * name alone is enough.
 *
 * @param name name of the parameter
 * @param pattern regular expression that a whole value must match; without it 1 to 2048
 * printable ASCII characters
 * @param required whether requests must have it
 * @param array whether it may have several values, as <code>name[]=a&amp;name[]=b</code>
 * or <code>name=a&amp;name=b</code>; their order does not matter
 * @param lowerCase whether the values are the same in any case, and are sent in lower
 * case
 */
record DeclaredParameter(String name, @Nullable String pattern, @DefaultValue("false") boolean required,
		@DefaultValue("false") boolean array, @DefaultValue("false") boolean lowerCase) {

	private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,39}");

	private static final String ANY = "[\\x20-\\x7e]{1,2048}";

	/**
	 * Requires a name and a pattern that can be used.
	 * @throws IllegalArgumentException otherwise
	 */
	void check() {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("must have names of letters, digits and _, without []");
		}
		try {
			form();
		}
		catch (PatternSyntaxException wrong) {
			throw new IllegalArgumentException("has a pattern of " + name + " that is no regular expression", wrong);
		}
	}

	/**
	 * Returns the parameter of the given name. Public for the binder.
	 */
	public static DeclaredParameter valueOf(String name) {
		return new DeclaredParameter(name, null, false, false, false);
	}

	/**
	 * Compiles the pattern that a whole value must match.
	 */
	Pattern form() {
		return Pattern.compile((pattern != null) ? pattern : ANY);
	}

	/**
	 * Returns what is right, as the end of the sentence "the parameter ...".
	 */
	String expectation() {
		return (pattern != null) ? "must match " + pattern : "must be 1 to 2048 printable ASCII characters";
	}

	/**
	 * Returns the name with which it is sent to the upstream.
	 */
	String upstreamName() {
		return array ? name + "[]" : name;
	}

	String canonical(String value) {
		return lowerCase ? value.toLowerCase(Locale.ROOT) : value;
	}

}
