package io.htgateway.history.store;

import java.util.regex.Pattern;

/**
 * Series of snapshots: the versions of one response over time.
 *
 * @param endpoint name of the endpoint, such as <code>heatmap</code>
 * @param key name of the series within the endpoint, such as <code>BTC</code>: 1 to 200
 * letters, digits and <code>: . _ ~ -</code>, without a dot at the start
 */
public record Series(String endpoint, String key) {

	private static final Pattern NAME = Pattern.compile("(?!\\.)[A-Za-z0-9:._~-]{1,200}");

	public Series {
		if (!isName(endpoint) || !isName(key)) {
			throw new IllegalArgumentException("not a series: " + endpoint + '/' + key);
		}
	}

	/**
	 * Returns whether the given text is a valid endpoint or key of a series.
	 */
	public static boolean isName(String text) {
		return NAME.matcher(text).matches();
	}

	/**
	 * Returns the prefix of the names of all objects of this series.
	 */
	public String prefix() {
		return endpoint + '/' + key + '/';
	}

	/**
	 * Returns the name of this series for operators and callers.
	 */
	@Override
	public String toString() {
		return endpoint + '/' + key;
	}

}
