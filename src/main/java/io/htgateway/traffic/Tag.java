package io.htgateway.traffic;

import java.util.regex.Pattern;

/**
 * A value that responses of an endpoint have in common, by which operators select them.
 *
 * @param name name of the value, such as <code>cohort</code>
 * @param pattern what a whole value matches
 * @param expectation what is right, as the end of the sentence "cohort must be ..."
 */
public record Tag(String name, Pattern pattern, String expectation) {

	/**
	 * Returns whether the given text can be a value of this tag.
	 */
	public boolean matches(String value) {
		return pattern.matcher(value).matches();
	}

}
