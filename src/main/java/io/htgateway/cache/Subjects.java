package io.htgateway.cache;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The subjects that have what is given; what is not given does not matter.
 *
 * @param endpoint name of an endpoint
 * @param cohort id of a cohort
 * @param coin symbol of a coin, in any case
 */
public record Subjects(@Nullable String endpoint, @Nullable String cohort,
		@Nullable String coin) implements Predicate<Subject> {

	@Override
	public boolean test(Subject subject) {
		return (endpoint == null || endpoint.equals(subject.endpoint()))
				&& (cohort == null || cohort.equals(subject.cohort()))
				&& (coin == null || coin.equalsIgnoreCase(subject.coin()));
	}

}
