package io.htgateway.risk.list;

import java.util.Map;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Cache key of a cohort's list, or of a part of it.
 */
public sealed interface RiskKey extends CacheKey {

	/**
	 * Returns the id of the cohort, or null for data of all cohorts.
	 */
	@Nullable Integer cohort();

	@Override
	default Subject subject() {
		Integer cohort = cohort();
		return new Subject(RiskCalls.NAME, (cohort != null) ? Map.of("cohort", cohort.toString()) : Map.of());
	}

	/**
	 * Key of an entry that belongs to a list and is not a response of its own.
	 */
	sealed interface Part extends RiskKey {

		@Override
		default boolean isPart() {
			return true;
		}

	}

	/**
	 * Key of the first block of a list. Every page of the cohort needs this block.
	 */
	record Head(int segment) implements RiskKey {

		@Override
		public Integer cohort() {
			return segment;
		}

		@Override
		public String text() {
			return "risk/" + segment;
		}

		@Override
		public String series() {
			return Integer.toString(segment);
		}

	}

	/**
	 * Key of a block after the head. It belongs to one load of its head and is never
	 * combined with another load, even if that returned the same bytes.
	 *
	 * @param number 1 for the block after the head
	 * @param load id of the load of the head
	 */
	record Tail(int segment, int number, String load) implements Part {

		@Override
		public Integer cohort() {
			return segment;
		}

		@Override
		public String text() {
			return "risk/" + segment + "/block/" + number + '/' + load;
		}

	}

	/**
	 * Key of the mark that clients have requested a block after the head of one load.
	 *
	 * @param number 1 for the block after the head
	 * @param load id of the load of the head
	 */
	record Requested(int segment, int number, String load) implements Part {

		@Override
		public Integer cohort() {
			return segment;
		}

		@Override
		public String text() {
			return "risk/" + segment + "/requested/" + number + '/' + load;
		}

	}

	/**
	 * Key of the number of items on one cohort's page without a limit.
	 */
	record FirstPage(int segment) implements Part {

		@Override
		public Integer cohort() {
			return segment;
		}

		@Override
		public String text() {
			return "risk/" + segment + "/first-page";
		}

		@Override
		public boolean isPurgeable() {
			return true;
		}

	}

	/**
	 * Key of the number of items on a page without a limit, for all cohorts.
	 */
	record AnyPage() implements Part {

		@Override
		public @Nullable Integer cohort() {
			return null;
		}

		@Override
		public String text() {
			return "risk/any-page";
		}

		@Override
		public boolean isPurgeable() {
			return true;
		}

	}

}
