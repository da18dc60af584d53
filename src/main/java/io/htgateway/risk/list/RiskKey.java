package io.htgateway.risk.list;

import java.util.Map;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What is cached of a cohort's list.
 */
public sealed interface RiskKey extends CacheKey {

	/**
	 * Id of the cohort, or null for data of all cohorts.
	 */
	@Nullable Integer cohort();

	@Override
	default Subject subject() {
		Integer cohort = cohort();
		return new Subject(RiskCalls.NAME, (cohort != null) ? Map.of("cohort", cohort.toString()) : Map.of());
	}

	/**
	 * Key of what belongs to lists.
	 */
	sealed interface Part extends RiskKey {

		@Override
		default boolean isPart() {
			return true;
		}

	}

	/**
	 * The first block of a list. All pages of a cohort start from here.
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

	}

	/**
	 * Key of a later block of a list. It belongs to one load of its head and is never
	 * combined with another, even if that returned the same bytes.
	 *
	 * @param number 1 for the block behind the head
	 * @param load name of the load of that head
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
	 * Key of the mark that clients have requested a later block of one load of its head.
	 *
	 * @param number 1 for the block behind the head
	 * @param load name of the load of that head
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
	 * Key of the number of items in one cohort's page without a limit.
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
	 * Key of the number of items in any cohort's page without a limit.
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
