package io.htgateway.history;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.history.store.Series;

/**
 * Key of the lease to store snapshots of one series.
 *
 * @param name name of the series
 */
record HistoryKey(String name) implements CacheKey {

	static HistoryKey of(Series series) {
		return new HistoryKey(series.toString());
	}

	@Override
	public String text() {
		return "history/" + name;
	}

	@Override
	public boolean isPart() {
		return true;
	}

}
