package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import io.htgateway.access.SharePolicy;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Reservation;

/**
 * The teams' shares of the upstream calls. They are read at most once a second, because
 * hits have them in their headers.
 */
final class KnownShares implements Function<String, List<SharePolicy>> {

	private static final Duration MAX_AGE = Duration.ofSeconds(1);

	private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

	private final CallBudget budget;

	private final InstantSource clock;

	KnownShares(CallBudget budget, InstantSource clock) {
		this.budget = budget;
		this.clock = clock;
	}

	@Override
	public List<SharePolicy> apply(String team) {
		Instant now = clock.instant();
		Known last = known.get(team);
		if (last == null || Duration.between(last.at(), now).abs().compareTo(MAX_AGE) >= 0) {
			last = new Known(now, budget.reservations(team).stream().map(KnownShares::policy).toList());
			known.put(team, last);
		}
		return last.shares();
	}

	private static SharePolicy policy(Reservation calls) {
		return new SharePolicy(calls.window(), calls.share(), calls.length().toSeconds(), calls.left(),
				calls.resetsIn().plusMillis(999).toSeconds());
	}

	/**
	 * The shares of a team.
	 *
	 * @param at when they were read
	 */
	private record Known(Instant at, List<SharePolicy> shares) {
	}

}
