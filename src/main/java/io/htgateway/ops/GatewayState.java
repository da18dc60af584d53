package io.htgateway.ops;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.cache.load.StoredKey;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadFaults;
import io.htgateway.state.StateReport;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * Current state of the gateway for operators. It contains no key, no link and no body.
 *
 * @param configuration the running configuration
 * @param budget the calls of each window
 * @param stretch mean factor by which pacing lengthens refresh intervals
 * @param upstream whether the upstream can be called
 * @param lastErrors the latest failed load of each endpoint
 * @param breakers the circuit breakers
 * @param teams requests of each team and the calls made for them
 * @param keys the cache keys with the most and latest requests
 */
record GatewayState(RunningConfiguration configuration, Budget budget, double stretch, Upstream upstream,
		StateReport state, List<LastError> lastErrors, List<BreakerState> breakers, List<TeamUsage> teams,
		List<Key> keys) {

	/**
	 * State of the budget.
	 *
	 * @param projectedSpend projected calls in the longest window at its end, at the
	 * current rate
	 */
	record Budget(List<BudgetSnapshot.Window> windows, long projectedSpend) {

		static Budget of(BudgetSnapshot snapshot) {
			return new Budget(snapshot.windows(), snapshot.projectedSpend());
		}

	}

	/**
	 * Whether the upstream can be called.
	 *
	 * @param obstacle why it cannot be called, or null if it can
	 * @param pauseSeconds seconds left of the pause that the upstream asked for
	 * @param keyRefused whether the upstream refuses the API key
	 * @param refusedEndpoints endpoints that the upstream refuses for the API key
	 */
	record Upstream(boolean available, @Nullable String obstacle, long pauseSeconds, boolean keyRefused,
			List<String> refusedEndpoints) {
	}

	/**
	 * Failed load.
	 *
	 * @param host host and port of the server that caused the failure, or null if no
	 * server did
	 * @param cause why it failed
	 */
	record LastError(String endpoint, Instant time, @Nullable String host, String cause) {

		static LastError of(LoadFaults.Latest latest, Dates dates) {
			LoadFault fault = latest.fault();
			return new LastError(latest.endpoint(), dates.date(latest.at()),
					(fault.host() != null) ? fault.host() + ":" + fault.port() : null, fault.cause());
		}

	}

	/**
	 * Circuit breaker.
	 */
	record BreakerState(String name, boolean open) {
	}

	/**
	 * Cache key with a stored response.
	 *
	 * @param tags what the response is about, such as a cohort or a coin
	 * @param ttlSeconds seconds of freshness left, negative if stale
	 * @param hits approximate number of hits
	 */
	record Key(String endpoint, @JsonAnyGetter Map<String, String> tags, long ageSeconds, long ttlSeconds, long hits) {

		static Key of(StoredKey key) {
			return new Key(key.subject().endpoint(), key.subject().tags(), key.age().toSeconds(), key.ttl().toSeconds(),
					key.hits());
		}

	}

}
