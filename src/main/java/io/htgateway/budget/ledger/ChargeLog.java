package io.htgateway.budget.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

import io.htgateway.budget.BudgetExhausted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the outcomes of charges to the shared budget. Logs once when the shared count
 * becomes unreachable and once when it is reached again. Not thread-safe.
 */
final class ChargeLog {

	private static final Logger LOG = LoggerFactory.getLogger(ChargeLog.class);

	/**
	 * Shortest time between two logged changes.
	 */
	private static final Duration QUIET = Duration.ofMinutes(1);

	private final InstantSource clock;

	private final Map<ChargeOutcome, Long> counts = new EnumMap<>(ChargeOutcome.class);

	private ChargeOutcome worst = ChargeOutcome.COUNTED;

	private long apart;

	private long refused;

	private Instant next = Instant.MIN;

	private boolean logged;

	ChargeLog(InstantSource clock) {
		this.clock = clock;
	}

	long count(ChargeOutcome outcome) {
		return counts.getOrDefault(outcome, 0L);
	}

	void counted() {
		add(ChargeOutcome.COUNTED);
		if (logged) {
			LOG.info("Shared count of upstream calls is available again: chargedApart={} refused={}", apart, refused);
		}
		worst = ChargeOutcome.COUNTED;
		logged = false;
		apart = 0;
		refused = 0;
	}

	void apart() {
		add(ChargeOutcome.APART);
		apart++;
		if (isWorse(ChargeOutcome.APART)) {
			LOG.warn("Shared count of upstream calls is unavailable: calls are charged to this replica's part");
		}
	}

	/**
	 * Logs that this replica's own part, or the whole budget, has no call left.
	 */
	void refused(BudgetExhausted refusal) {
		if (!refusal.isUncounted()) {
			return;
		}
		add(ChargeOutcome.UNCOUNTED);
		refused++;
		if (isWorse(ChargeOutcome.UNCOUNTED)) {
			LOG.warn("Shared count of upstream calls is unavailable and this replica's part has no call now: calls are"
					+ " refused, nextCallInSeconds={}", refusal.retryAfter().toSeconds());
		}
	}

	private void add(ChargeOutcome outcome) {
		counts.merge(outcome, 1L, Long::sum);
	}

	// A clock that is set back does not extend the silence.
	private boolean isWorse(ChargeOutcome outcome) {
		Instant now = clock.instant();
		boolean quiet = !logged && now.isBefore(next) && now.plus(QUIET).isAfter(next);
		if (outcome.compareTo(worst) <= 0 || quiet) {
			return false;
		}
		worst = outcome;
		logged = true;
		next = now.plus(QUIET);
		return true;
	}

}
