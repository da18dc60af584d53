package io.htgateway.cache.observation;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.htgateway.cache.store.CacheKey;

/**
 * The latest failed load of each endpoint.
 */
public final class LoadFaults {

	private final ConcurrentMap<String, Latest> latest = new ConcurrentSkipListMap<>();

	// A refusal says nothing about a server, and would hide the failure that caused it.
	void failed(CacheKey key, LoadFailure kind, LoadFault fault, Instant now) {
		switch (kind) {
			case FAILED, REPORTED, UNAVAILABLE ->
				latest.put(key.subject().endpoint(), new Latest(key.subject().endpoint(), now, fault));
			case REJECTED, REFUSED, REFUSED_TO_CLIENT, REFUSED_TO_REFRESH -> {
			}
		}
	}

	/**
	 * Returns the latest failure of each endpoint that had one, ordered by name.
	 */
	public List<Latest> latest() {
		return List.copyOf(latest.values());
	}

	/**
	 * A failed load.
	 *
	 * @param endpoint name of the endpoint
	 * @param at when it failed, by the clock of ages
	 */
	public record Latest(String endpoint, Instant at, LoadFault fault) {
	}

}
