package io.htgateway.access.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of teams whose last token expires within a week, and of those whose last token
 * has expired, once each.
 */
final class ExpiryLog {

	private static final Logger LOG = LoggerFactory.getLogger(ExpiryLog.class);

	private static final Duration NOTICE = Duration.ofDays(7);

	private final Teams teams;

	private final InstantSource clock;

	private Map<String, Stage> logged = new HashMap<>();

	ExpiryLog(Teams teams, InstantSource clock) {
		this.teams = teams;
		this.clock = clock;
	}

	/**
	 * Logs what has changed since the last check.
	 */
	synchronized void check() {
		Instant now = clock.instant();
		Map<String, Stage> stages = new HashMap<>();
		teams.roster().expiries().forEach((team, expiry) -> {
			if (expiry.isBefore(now.plus(NOTICE))) {
				stages.put(team, new Stage(expiry, !now.isBefore(expiry)));
			}
		});
		Map<String, Stage> before = logged;
		logged = stages;
		stages.forEach((team, stage) -> {
			if (!stage.equals(before.get(team))) {
				log(team, stage);
			}
		});
	}

	private static void log(String team, Stage stage) {
		if (stage.expired()) {
			LOG.warn("Last token of a team expired; requests with it are answered 401: team={} notAfter={}", team,
					stage.expiry());
		}
		else {
			LOG.warn("Last token of a team expires soon; add the next token: team={} notAfter={}", team,
					stage.expiry());
		}
	}

	private record Stage(Instant expiry, boolean expired) {
	}

}
