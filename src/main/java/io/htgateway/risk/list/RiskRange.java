package io.htgateway.risk.list;

/**
 * Requested range of a cohort's list.
 *
 * @param segment id of the cohort
 * @param offset number of items to skip
 * @param limit maximum number of items on the page
 * @param openEnded whether <code>limit</code> is only the page size known so far. If the
 * list continues after the range, the page must have more items
 */
public record RiskRange(int segment, int offset, int limit, boolean openEnded) {

	/**
	 * Maximum number of blocks after the head. They hold far more items than the upstream
	 * has assets.
	 */
	static final int MAX_BLOCKS = 20;

	RiskKey.Head head() {
		return new RiskKey.Head(segment);
	}

	int end() {
		return offset + limit;
	}

	/**
	 * Returns the number of the last block that this range needs.
	 * @param head the first block, whose total bounds the range if it is known
	 */
	int lastBlock(RiskBlock head) {
		Long total = head.total();
		boolean isEmpty = limit == 0 || (total != null && offset >= total);
		return isEmpty ? 0 : lastBlock(Math.clamp((total != null) ? total : end(), 0, end()));
	}

	/**
	 * Returns the number of the last block that this range may need, whatever the length
	 * of the list.
	 */
	int lastBlock() {
		return lastBlock(end());
	}

	private static int lastBlock(int end) {
		return Math.clamp((end - 1) / RiskBlock.SIZE, 0, MAX_BLOCKS);
	}

}
