package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import io.htgateway.access.SharePolicy;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Share;
import io.htgateway.budget.WindowShares;

/**
 * The teams' shares of the upstream calls. They are read at most once a second, for all
 * teams at once, because each reading costs a time that grows with the number of teams.
 */
public final class KnownShares {

	private static final Duration LIFETIME = Duration.ofSeconds(1);

	private static final Share NONE = new Share(0, 0);

	private final CallBudget budget;

	private final InstantSource clock;

	private volatile Reading latest = new Reading(Instant.MIN, List.of());

	/**
	 * Creates shares that were not read yet.
	 */
	public KnownShares(CallBudget budget, InstantSource clock) {
		this.budget = budget;
		this.clock = clock;
	}

	/**
	 * Returns the share of a team in the window of the given name.
	 */
	public Share of(String team, String window) {
		return reading().windows()
			.stream()
			.filter((shares) -> shares.window().equals(window))
			.findFirst()
			.map((shares) -> shares.shares().getOrDefault(team, NONE))
			.orElse(NONE);
	}

	/**
	 * Returns what the share of a team means for its rate in each window, or nothing if it
	 * has no share.
	 */
	List<SharePolicy> policies(String team) {
		return reading().policies(team);
	}

	private Reading reading() {
		Instant now = clock.instant();
		Reading reading = latest;
		if (!now.isBefore(reading.until)) {
			reading = new Reading(now.plus(LIFETIME), budget.shares());
			latest = reading;
		}
		return reading;
	}

	/**
	 * Shares that were read together.
	 */
	private static final class Reading {

		private final Instant until;

		private final List<WindowShares> windows;

		private final ConcurrentMap<String, List<SharePolicy>> policies = new ConcurrentHashMap<>();

		private Reading(Instant until, List<WindowShares> windows) {
			this.until = until;
			this.windows = List.copyOf(windows);
		}

		private List<WindowShares> windows() {
			return windows;
		}

		private List<SharePolicy> policies(String team) {
			return policies.computeIfAbsent(team,
					(name) -> windows.stream().flatMap((shares) -> policy(name, shares)).toList());
		}

		private static Stream<SharePolicy> policy(String team, WindowShares shares) {
			return Stream.ofNullable(shares.shares().get(team))
				.filter((share) -> share.limit() > 0)
				.map((share) -> new SharePolicy(shares.window(), share.limit(), shares.length().toSeconds(),
						share.remaining(), shares.resetsIn().plusMillis(999).toSeconds()));
		}

	}

}
