package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.htgateway.access.ShareHeaders;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.share.Share;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.share.WindowShares;

/**
 * The teams' shares of the upstream calls. They are read at most once a second, for all
 * teams at once, because each reading costs a time that grows with the number of teams.
 */
public final class KnownShares {

	private static final Duration LIFETIME = Duration.ofSeconds(1);

	private static final Share NONE = new Share(0, 0);

	private final CallBudget budget;

	private final InstantSource clock;

	private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();

	private volatile Reading latest = new Reading(Instant.MIN, List.of());

	private volatile Shares configured;

	/**
	 * Creates shares that were not read yet.
	 * @param configured the parts of the budget that are reserved for teams
	 */
	public KnownShares(CallBudget budget, Shares configured, InstantSource clock) {
		this.budget = budget;
		this.configured = configured;
		this.clock = clock;
	}

	/**
	 * Passes the names of the teams that have a share to the given listener, now and when
	 * teams get other shares.
	 */
	public void onChange(Consumer<Set<String>> listener) {
		listeners.add(listener);
		listener.accept(configured.parts().keySet());
	}

	/**
	 * Replaces the shares of the teams.
	 */
	public void replace(Shares shares) {
		budget.replace(shares);
		configured = shares;
		latest = new Reading(clock.instant().plus(LIFETIME), budget.shares());
		listeners.forEach((listener) -> listener.accept(shares.parts().keySet()));
	}

	/**
	 * Returns the share of a team in the window of the given name.
	 */
	public Share of(String team, String window) {
		return reading().windows.stream()
			.filter((shares) -> shares.window().equals(window))
			.findFirst()
			.map((shares) -> shares.shares().getOrDefault(team, NONE))
			.orElse(NONE);
	}

	/**
	 * Returns the items of a team's share in the RateLimit headers.
	 */
	ShareHeaders headers(String team) {
		return reading().headers(team);
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

		private final ConcurrentMap<String, ShareHeaders> headers = new ConcurrentHashMap<>();

		private Reading(Instant until, List<WindowShares> windows) {
			this.until = until;
			this.windows = List.copyOf(windows);
		}

		private ShareHeaders headers(String team) {
			return headers.computeIfAbsent(team, this::render);
		}

		private ShareHeaders render(String team) {
			ShareHeaders rendered = ShareHeaders.NONE;
			for (WindowShares window : windows) {
				Share share = window.shares().getOrDefault(team, NONE);
				if (share.limit() > 0) {
					rendered = rendered.with(window.window(), share.limit(), window.length().toSeconds(),
							share.remaining(), window.resetsIn().plusMillis(999).toSeconds());
				}
			}
			return rendered;
		}

	}

}
