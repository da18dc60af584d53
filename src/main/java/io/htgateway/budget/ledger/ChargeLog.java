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
 * Counts the outcomes of charges to the shared budget. Logs once when the ledger becomes
 * unavailable and once when it is available again. Not thread-safe.
 */
final class ChargeLog {

	private static final Logger LOG = LoggerFactory.getLogger(ChargeLog.class);

	/**
	 * Shortest time between two logged outages.
	 */
	private static final Duration QUIET_TIME = Duration.ofMinutes(1);

	private final InstantSource clock;

	private final Map<ChargeOutcome, Long> counts = new EnumMap<>(ChargeOutcome.class);

	private ChargeOutcome worstLogged = ChargeOutcome.COUNTED;

	private long fallbackCharges;

	private long refused;

	private Instant quietUntil = Instant.MIN;

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
			LOG.info("Shared count of upstream calls available again: chargedApart={} refused={}", fallbackCharges,
					refused);
		}
		worstLogged = ChargeOutcome.COUNTED;
		logged = false;
		fallbackCharges = 0;
		refused = 0;
	}

	void fallback() {
		add(ChargeOutcome.APART);
		fallbackCharges++;
		if (isWorse(ChargeOutcome.APART)) {
			LOG.warn("Shared count of upstream calls unavailable; charging calls to this replica's part of the budget");
		}
	}

	/**
	 * Records a refused charge. Logs it if the ledger is unavailable and the fallback
	 * part has no call left.
	 */
	void refused(BudgetExhausted refusal) {
		if (!refusal.isUncounted()) {
			return;
		}
		add(ChargeOutcome.UNCOUNTED);
		refused++;
		if (isWorse(ChargeOutcome.UNCOUNTED)) {
			LOG.warn(
					"Shared count of upstream calls unavailable and this replica's part of the budget used up; refusing"
							+ " calls: nextCallInSeconds={}",
					refusal.retryAfter().toSeconds());
		}
	}

	private void add(ChargeOutcome outcome) {
		counts.merge(outcome, 1L, Long::sum);
	}

	// A clock that is set back does not extend the quiet time.
	private boolean isWorse(ChargeOutcome outcome) {
		Instant now = clock.instant();
		boolean quiet = !logged && now.isBefore(quietUntil) && now.plus(QUIET_TIME).isAfter(quietUntil);
		if (outcome.compareTo(worstLogged) <= 0 || quiet) {
			return false;
		}
		worstLogged = outcome;
		logged = true;
		quietUntil = now.plus(QUIET_TIME);
		return true;
	}

}
