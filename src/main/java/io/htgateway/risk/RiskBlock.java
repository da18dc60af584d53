package io.htgateway.risk;

import java.nio.ByteBuffer;

import io.htgateway.cache.CachedResponse;
import io.htgateway.upstream.json.JsonEnvelope.Items;

/**
 * One answer of the upstream with up to {@link #SIZE} items of a cohort's list, and the
 * positions of the items in its bytes.
 *
 * @param response the answer
 * @param items positions of its items
 */
record RiskBlock(CachedResponse response, Items items) {

	/**
	 * Most items that the upstream gives at once.
	 */
	static final int SIZE = 500;

	static final String ITEMS = "items";

	int size() {
		return items.size();
	}

	/**
	 * Whether there may be more items behind this block.
	 */
	boolean isFull() {
		return size() == SIZE;
	}

	/**
	 * Whether all that is around the items is as in the given block.
	 */
	boolean belongsTo(RiskBlock head) {
		return prefix(true).equals(head.prefix(true)) && suffix(true).equals(head.suffix(true));
	}

	/**
	 * The given items with what is between them.
	 */
	ByteBuffer items(int from, int to) {
		return slice(items.ranges().get(from).start(), items.ranges().get(to - 1).end());
	}

	/**
	 * What is between two items.
	 */
	ByteBuffer separator() {
		int start = items.ranges().get(0).end();
		int end = items.ranges().get(1).start();
		return slice(start, end);
	}

	/**
	 * What is before the first item, or up to the opening bracket of the items.
	 */
	ByteBuffer prefix(boolean empty) {
		return slice(0, (empty || size() == 0) ? items.open() : items.ranges().getFirst().start());
	}

	/**
	 * What is behind the last item, or from the closing bracket of the items on.
	 */
	ByteBuffer suffix(boolean empty) {
		return slice((empty || size() == 0) ? items.close() : items.ranges().getLast().end(),
				response.identity().length());
	}

	private ByteBuffer slice(int start, int end) {
		return response.identity().body().slice(start, end - start);
	}

}
