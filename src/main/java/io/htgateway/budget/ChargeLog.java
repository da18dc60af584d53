package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how charges to the shared budget end, and logs in one line when the shared count
 * is no longer reached and in one when it is again. Not thread-safe.
 */
final class ChargeLog {

	private static final Logger LOG = LoggerFactory.getLogger(ChargeLog.class);

	/**
	 * Time in which no second change is logged.
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
			LOG.info("Shared count of upstream calls is reached again: chargedApart={} refused={}", apart, refused);
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
			LOG.warn("Shared count of upstream calls is not reached: calls are charged to this replica's part");
		}
	}

	/**
	 * The replica's own part did not have the call, or nobody has.
	 */
	void refused(BudgetExhausted refusal) {
		if (!refusal.isUncounted()) {
			return;
		}
		add(ChargeOutcome.UNCOUNTED);
		refused++;
		if (isWorse(ChargeOutcome.UNCOUNTED)) {
			LOG.warn("Shared count of upstream calls is not reached and this replica's part is used up: calls are"
					+ " refused, nextCallInSeconds={}", refusal.retryAfter().toSeconds());
		}
	}

	private void add(ChargeOutcome outcome) {
		counts.merge(outcome, 1L, Long::sum);
	}

	// Set back, a clock does not silence it for longer.
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
