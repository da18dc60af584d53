package io.htgateway.ops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.traffic.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Configuration that decides what a gateway calls, stores and answers. It contains no
 * key, no token and no file path.
 *
 * @param version version of the gateway
 * @param upstream host and port of the upstream
 * @param plan name of the plan
 * @param perMinute calls of the plan in a minute, or null if it does not limit them
 * @param perDay calls of the plan in a day, or null if it does not limit them
 * @param perMonth calls of the plan in a month, or null if it does not limit them
 * @param replicas number of replicas that share the plan
 * @param endpoints freshness lifetime and stale windows of each endpoint
 * @param open whether everybody may call the gateway
 * @param teams number of configured teams
 * @param jwt whether JWTs are accepted
 * @param secondLevel the second tier of the cache: <code>redis</code>, <code>disk</code>
 * or <code>none</code>
 * @param key where the API key comes from
 */
record RunningConfiguration(String version, String upstream, String plan, @Nullable Long perMinute,
		@Nullable Long perDay, @Nullable Long perMonth, int replicas, List<Lifetimes> endpoints, boolean open,
		int teams, boolean jwt, String secondLevel, String key) {

	/**
	 * Returns this configuration as one line of <code>key=value</code>.
	 */
	String text() {
		List<String> parts = new ArrayList<>();
		add(parts, "version", version);
		add(parts, "upstream", upstream);
		add(parts, "plan", plan);
		add(parts, "perMinute", perMinute);
		add(parts, "perDay", perDay);
		add(parts, "perMonth", perMonth);
		add(parts, "replicas", replicas);
		for (Lifetimes endpoint : endpoints) {
			add(parts, endpoint.name() + ".ttl", endpoint.ttl());
			add(parts, endpoint.name() + ".staleWhileRevalidate", endpoint.staleWhileRevalidate());
			add(parts, endpoint.name() + ".staleIfError", endpoint.staleIfError());
		}
		add(parts, "teams", open ? "open" : teams);
		add(parts, "jwt", jwt);
		add(parts, "secondLevel", secondLevel);
		add(parts, "key", key);
		return String.join(" ", parts);
	}

	private static void add(List<String> parts, String name, @Nullable Object value) {
		if (value != null) {
			parts.add(name + "=" + value);
		}
	}

	/**
	 * Configured lifetimes of the responses of one endpoint.
	 *
	 * @param staleWhileRevalidate null if stale responses are never used
	 * @param staleIfError null if stale responses are never used
	 */
	record Lifetimes(String name, String ttl, @Nullable String staleWhileRevalidate, @Nullable String staleIfError) {

		static Lifetimes of(Endpoint endpoint) {
			return new Lifetimes(endpoint.name(), written(endpoint.ttl()), text(endpoint.staleWhileRevalidate()),
					text(endpoint.staleIfError()));
		}

		private static @Nullable String text(@Nullable Duration duration) {
			return (duration != null) ? written(duration) : null;
		}

		// Uses the largest unit without a remainder.
		private static String written(Duration duration) {
			long millis = duration.toMillis();
			if (millis % 1_000 != 0) {
				return millis + "ms";
			}
			long seconds = duration.toSeconds();
			if (seconds == 0 || seconds % 60 != 0) {
				return seconds + "s";
			}
			return (seconds % 3_600 != 0) ? seconds / 60 + "m" : seconds / 3_600 + "h";
		}

	}

}
