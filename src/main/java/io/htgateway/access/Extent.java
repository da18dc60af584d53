package io.htgateway.access;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Coins or cohorts that a response contains.
 */
public sealed interface Extent {

	/**
	 * Data that is not divided by coins or cohorts, so that a list of them does not limit
	 * it.
	 */
	Extent NONE = new None();

	/**
	 * See {@link #NONE}.
	 */
	record None() implements Extent {
	}

	/**
	 * All coins or cohorts, because the request names none.
	 *
	 * @param parameter the parameter that could name one, or null if the endpoint has no
	 * such parameter
	 */
	record All(@Nullable String parameter) implements Extent {
	}

	/**
	 * Only the named coins or cohorts.
	 *
	 * @param names the names, as the upstream call has them
	 * @param ignoreCase whether names that differ only in case mean the same data
	 */
	record Named(List<String> names, boolean ignoreCase) implements Extent {

		public Named {
			names = List.copyOf(names);
		}

	}

	/**
	 * Unknown coins or cohorts, because the declaration of the endpoint does not say
	 * where a request names them.
	 *
	 * @param property the property that is missing
	 */
	record Undeclared(String property) implements Extent {
	}

}
