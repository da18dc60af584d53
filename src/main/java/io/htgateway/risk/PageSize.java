package io.htgateway.risk;

import java.nio.charset.StandardCharsets;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.risk.list.RiskBlock;
import io.htgateway.risk.list.RiskRange;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.response.UpstreamException;

/**
 * Number of items in an upstream page without a limit.
 *
 * @param items number of items in the page
 * @param of least number of items of the whole list: if equal to <code>items</code>, the
 * page of a longer list may have more
 */
record PageSize(int items, long of) {

	private static final String ITEMS = "items";

	private static final String OF = "of";

	/**
	 * Returns the size that a first page shows, which is refused if it has none of the
	 * list's items.
	 * @param known number of items that the list is known to have at least
	 */
	static PageSize of(RiskBlock firstPage, long known) {
		Long total = firstPage.total();
		long of = Math.max((total != null) ? total : firstPage.size(), known);
		if (firstPage.size() == 0 && of > 0) {
			throw new UpstreamException.Malformed("a first page without items of a list of " + of);
		}
		return new PageSize(firstPage.size(), of);
	}

	/**
	 * Returns whether this cannot be right if the given one is.
	 */
	boolean contradicts(PageSize known) {
		return isExact() && known.isExact() && items < known.items;
	}

	boolean isExact() {
		return items < of;
	}

	/**
	 * Returns the page from the given offset on.
	 */
	RiskRange from(int segment, int offset) {
		return new RiskRange(segment, offset, items, !isExact());
	}

	/**
	 * Returns the form in which it is cached.
	 */
	byte[] bytes() {
		return "{\"%s\":%d,\"%s\":%d}".formatted(ITEMS, items, OF, of).getBytes(StandardCharsets.US_ASCII);
	}

	static PageSize of(CachedResponse cached) {
		JsonEnvelope numbers = JsonEnvelope.of(cached.identity().bytes());
		return new PageSize(Math.toIntExact(numbers.integers().getOrDefault(ITEMS, 0L)),
				numbers.integers().getOrDefault(OF, 0L));
	}

}
