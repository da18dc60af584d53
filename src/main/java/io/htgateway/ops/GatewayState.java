package io.htgateway.ops;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.observation.LoadFaults;
import io.htgateway.cache.store.StoredKey;
import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * The gateway at one moment, as operators read it: no key, no link, no body.
 *
 * @param configuration what the gateway is configured to do
 * @param budget what is spent of the budget
 * @param stretch how many times longer than configured responses are kept
 * @param upstream whether the upstream can be called
 * @param lastErrors the latest failed load of each endpoint
 * @param breakers the circuit breakers
 * @param teams what each team asked for and what that took
 * @param keys the keys that are asked for most and latest
 */
record GatewayState(RunningConfiguration configuration, Budget budget, double stretch, Upstream upstream,
		List<LastError> lastErrors, List<BreakerState> breakers, List<TeamUsage> teams, List<Key> keys) {

	/**
	 * What is spent of the budget.
	 *
	 * @param projectedSpend calls in the longest window at its end, if it goes on like
	 * this
	 */
	record Budget(List<BudgetSnapshot.Window> windows, long projectedSpend) {

		static Budget of(BudgetSnapshot snapshot) {
			return new Budget(snapshot.windows(), snapshot.projectedSpend());
		}

	}

	/**
	 * Whether the upstream can be called.
	 *
	 * @param obstacle why it cannot, if it cannot
	 * @param pauseSeconds what is left of the pause that the upstream asked for
	 * @param keyRefused whether the upstream refuses the key
	 * @param refusedEndpoints endpoints that the upstream refuses to the key
	 */
	record Upstream(boolean available, @Nullable String obstacle, long pauseSeconds, boolean keyRefused,
			List<String> refusedEndpoints) {
	}

	/**
	 * A failed load.
	 *
	 * @param host server and port, where one is to blame
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
	 * A circuit breaker.
	 */
	record BreakerState(String name, boolean open) {
	}

	/**
	 * A key of which a response is stored.
	 *
	 * @param tags what it is about, such as a cohort or a coin
	 * @param ttlSeconds freshness that is left, negative when stale
	 * @param hits how often it was answered from the cache, about
	 */
	record Key(String endpoint, @JsonAnyGetter Map<String, String> tags, long ageSeconds, long ttlSeconds, long hits) {

		static Key of(StoredKey key) {
			return new Key(key.subject().endpoint(), key.subject().tags(), key.age().toSeconds(), key.ttl().toSeconds(),
					key.hits());
		}

	}

}
