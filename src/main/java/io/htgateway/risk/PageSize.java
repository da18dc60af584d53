package io.htgateway.risk;

import java.nio.charset.StandardCharsets;

import io.htgateway.cache.CachedResponse;
import io.htgateway.upstream.json.JsonEnvelope;

/**
 * How many items the upstream gives when no limit is given.
 *
 * @param items number of items that it gave
 * @param of number of items that the list had at least: where these are no more, the
 * upstream may give more of a longer list
 */
record PageSize(int items, long of) {

	private static final String ITEMS = "items";

	private static final String OF = "of";

	/**
	 * What a first page shows.
	 * @param known number of items that the list is known to have
	 */
	static PageSize of(RiskBlock firstPage, long known) {
		Long total = firstPage.total();
		return new PageSize(firstPage.size(), Math.max((total != null) ? total : firstPage.size(), known));
	}

	boolean isExact() {
		return items < of;
	}

	/**
	 * The page from the given offset on.
	 */
	RiskRange from(int segment, int offset) {
		return new RiskRange(segment, offset, items, !isExact());
	}

	/**
	 * The form in which it is cached.
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
