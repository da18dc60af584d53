package io.htgateway.risk;

import io.htgateway.cache.CacheKey;
import io.htgateway.cache.Subject;

/**
 * What is cached of a cohort's list.
 */
sealed interface RiskKey extends CacheKey {

	int segment();

	@Override
	default Subject subject() {
		return new Subject(RiskCalls.NAME, Integer.toString(segment()), null);
	}

	/**
	 * The first block of a list. All pages of a cohort start from here.
	 */
	record Head(int segment) implements RiskKey {

		@Override
		public String text() {
			return "risk/" + segment;
		}

	}

	/**
	 * A later block of a list, which belongs to one head and is never mixed with another.
	 *
	 * @param number 1 for the block behind the head
	 * @param head entity tag of that head
	 */
	record Tail(int segment, int number, String head) implements RiskKey {

		@Override
		public String text() {
			return "risk/" + segment + "/block/" + number + '/' + head;
		}

		@Override
		public boolean isPart() {
			return true;
		}

	}

	/**
	 * A page whose length the upstream chose.
	 */
	record Unlimited(int segment, int offset) implements RiskKey {

		@Override
		public String text() {
			return "risk/" + segment + "/from/" + offset;
		}

	}

}
