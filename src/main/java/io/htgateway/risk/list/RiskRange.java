package io.htgateway.risk.list;

/**
 * Requested items of a cohort.
 *
 * @param offset number of items to skip
 * @param limit most items of the page
 * @param least whether the limit is only a lower bound, so that the page has more items
 * if the list has more
 */
public record RiskRange(int segment, int offset, int limit, boolean least) {

	/**
	 * Most blocks after the head: far more than there are assets.
	 */
	static final int MAX_BLOCKS = 20;

	RiskKey.Head head() {
		return new RiskKey.Head(segment);
	}

	int end() {
		return offset + limit;
	}

	/**
	 * Returns the last block of a list that is needed.
	 */
	int lastBlock(RiskBlock head) {
		Long total = head.total();
		boolean none = limit == 0 || (total != null && offset >= total);
		return none ? 0 : lastBlock(Math.clamp((total != null) ? total : end(), 0, end()));
	}

	/**
	 * Returns the last block that may be needed.
	 */
	int lastBlock() {
		return lastBlock(end());
	}

	private static int lastBlock(int end) {
		return Math.clamp((end - 1) / RiskBlock.SIZE, 0, MAX_BLOCKS);
	}

}
