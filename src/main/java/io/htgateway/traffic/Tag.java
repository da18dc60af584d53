package io.htgateway.traffic;

import java.util.regex.Pattern;

/**
 * Property of responses of an endpoint, by whose value operators select them.
 *
 * @param name name of the property, such as <code>cohort</code>
 * @param pattern pattern that a whole value matches
 * @param expectation description of valid values, as the end of the sentence "cohort must
 * be ..."
 */
public record Tag(String name, Pattern pattern, String expectation) {

	/**
	 * Returns whether the given text can be a value of this tag.
	 */
	public boolean matches(String value) {
		return pattern.matcher(value).matches();
	}

}
