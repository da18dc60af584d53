package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import io.htgateway.time.Dates;
import org.jspecify.annotations.Nullable;

/**
 * The state clock, for operators.
 *
 * @param known whether responses follow the state, because the next update can be
 * predicted
 * @param newest date of the newest known state, or null
 * @param next when the next state is due, or null if no state is known
 * @param intervalSeconds usual time between two states
 * @param source source that reported the newest state first, or null
 * @param following endpoints whose responses follow the state
 */
public record StateReport(boolean known, @Nullable Instant newest, @Nullable Instant next, long intervalSeconds,
		@Nullable String source, List<String> following) {

	/**
	 * Returns the current report.
	 */
	public static StateReport of(StateClock state, Followers followers, InstantSource clock, Dates dates) {
		Instant now = clock.instant();
		List<String> following = followers.all()
			.stream()
			.filter((follower) -> follower.isTrusted(now))
			.map(Follower::endpoint)
			.toList();
		Timeline timeline = state.newest();
		if (timeline == null) {
			return new StateReport(false, null, null, 0, null, following);
		}
		Instant next = dates.clock().instant().plus(Duration.between(now, timeline.due()));
		return new StateReport(timeline.isPredictable(now), timeline.at(), next, timeline.usual().toSeconds(),
				timeline.source().name().toLowerCase(Locale.ROOT).replace('_', '-'), following);
	}

}
