package io.htgateway.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a cached response is about, in the words in which operators ask for it.
 *
 * @param endpoint name of the endpoint
 * @param cohort id of the cohort, if it is about one
 * @param coin symbol of the coin, if it is about one
 */
public record Subject(String endpoint, @Nullable String cohort, @Nullable String coin) {

	/**
	 * Nothing that operators ask for.
	 */
	public static final Subject NONE = new Subject("none", null, null);

}
