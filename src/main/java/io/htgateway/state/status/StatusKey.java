package io.htgateway.state.status;

import io.htgateway.cache.store.CacheKey;

/**
 * Cache key of the status endpoint's response. All replicas use one response.
 */
record StatusKey() implements CacheKey {

	@Override
	public String text() {
		return "state/status";
	}

	@Override
	public boolean isPart() {
		return true;
	}

}
