package io.htgateway.risk;

/**
 * The items of a cohort that are asked for.
 *
 * @param offset number of items to skip
 * @param limit most items of the page
 * @param least whether the page has more items where the list has more, so that the limit
 * must not end it
 */
record RiskRange(int segment, int offset, int limit, boolean least) {

	/**
	 * Most blocks behind the head: far more than there are assets.
	 */
	static final int MAX_BLOCKS = 20;

	RiskKey.Head head() {
		return new RiskKey.Head(segment);
	}

	int end() {
		return offset + limit;
	}

	/**
	 * The last block that is needed of a list.
	 */
	int lastBlock(RiskBlock head) {
		Long total = head.total();
		boolean none = limit == 0 || (total != null && offset >= total);
		return none ? 0 : lastBlock(Math.clamp((total != null) ? total : end(), 0, end()));
	}

	/**
	 * The last block that may be needed.
	 */
	int lastBlock() {
		return lastBlock(end());
	}

	private static int lastBlock(int end) {
		return Math.clamp((end - 1) / RiskBlock.SIZE, 0, MAX_BLOCKS);
	}

}
