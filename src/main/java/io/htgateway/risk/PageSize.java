package io.htgateway.risk;

import java.nio.charset.StandardCharsets;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.risk.list.RiskBlock;
import io.htgateway.risk.list.RiskRange;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.response.UpstreamException;

/**
 * Number of items on an upstream page without a limit.
 *
 * @param items number of items on the page
 * @param minTotal lower bound of the number of items in the whole list. If it equals
 * <code>items</code>, the upstream's page may have held the whole list, and the page of a
 * longer list may have more items
 */
record PageSize(int items, long minTotal) {

	private static final String ITEMS = "items";

	private static final String MIN_TOTAL = "of";

	/**
	 * Returns the size of the given first page.
	 * @param known lower bound of the number of items in the list, as known before
	 * @throws UpstreamException if the page is empty although the list has items
	 */
	static PageSize of(RiskBlock firstPage, long known) {
		Long total = firstPage.total();
		long minTotal = Math.max((total != null) ? total : firstPage.size(), known);
		if (firstPage.size() == 0 && minTotal > 0) {
			throw new UpstreamException.Malformed("an empty first page of a list with " + minTotal + " items");
		}
		return new PageSize(firstPage.size(), minTotal);
	}

	/**
	 * Returns whether this size is smaller than the given one although both are exact.
	 * @param known the size learned before
	 */
	boolean contradicts(PageSize known) {
		return isExact() && known.isExact() && items < known.items;
	}

	/**
	 * Returns whether the list was longer than the page, so that the upstream's page has
	 * exactly this size.
	 */
	boolean isExact() {
		return items < minTotal;
	}

	/**
	 * Returns the range of a page of this size.
	 * @param segment id of the cohort
	 * @param offset number of items to skip
	 */
	RiskRange from(int segment, int offset) {
		return new RiskRange(segment, offset, items, !isExact());
	}

	/**
	 * Serializes this size for the cache.
	 */
	byte[] bytes() {
		return "{\"%s\":%d,\"%s\":%d}".formatted(ITEMS, items, MIN_TOTAL, minTotal).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Reads a size from the cache.
	 */
	static PageSize of(CachedResponse cached) {
		JsonEnvelope numbers = JsonEnvelope.of(cached.identity().bytes());
		return new PageSize(Math.toIntExact(numbers.integers().getOrDefault(ITEMS, 0L)),
				numbers.integers().getOrDefault(MIN_TOTAL, 0L));
	}

}
