package io.htgateway.ops;

import java.util.function.Predicate;

import io.htgateway.cache.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Which responses an operator means.
 */
sealed interface Selection {

	/**
	 * Those about what is given; what is not given does not matter.
	 */
	record Subjects(@Nullable String endpoint, @Nullable String cohort,
			@Nullable String coin) implements Selection, Predicate<Subject> {

		@Override
		public boolean test(Subject subject) {
			return (endpoint == null || endpoint.equals(subject.endpoint()))
					&& (cohort == null || cohort.equals(subject.cohort()))
					&& (coin == null || coin.equalsIgnoreCase(subject.coin()));
		}

	}

	/**
	 * It cannot be told which.
	 *
	 * @param error what is wrong
	 */
	record Refused(String error) implements Selection {
	}

}
