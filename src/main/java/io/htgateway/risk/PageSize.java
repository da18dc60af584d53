package io.htgateway.risk;

import java.nio.charset.StandardCharsets;

import io.htgateway.cache.CachedResponse;
import io.htgateway.upstream.json.JsonEnvelope;

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
	 * Returns the size that a first page shows.
	 * @param known number of items that the list is known to have at least
	 */
	static PageSize of(RiskBlock firstPage, long known) {
		Long total = firstPage.total();
		return new PageSize(firstPage.size(), Math.max((total != null) ? total : firstPage.size(), known));
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
