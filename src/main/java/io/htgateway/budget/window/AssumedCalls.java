package io.htgateway.budget.window;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.htgateway.budget.saved.SavedWindow;
import io.htgateway.budget.saved.Spend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which calls are assumed, why, and which property changes that.
 */
public final class AssumedCalls {

	private static final Logger LOG = LoggerFactory.getLogger(AssumedCalls.class);

	private static final String NONE_BEFORE = "gateway.budget.assume-even-spend=false";

	private AssumedCalls() {
	}

	/**
	 * Logs a start without a record of earlier calls.
	 * @param evenSpend whether an even spend is assumed, or no calls
	 * @param reason why there is no record
	 * @param advice how to keep a record, as a sentence, or empty
	 */
	public static void logUnknown(boolean evenSpend, Collection<CalendarWindow> windows, String reason, String advice) {
		if (windows.isEmpty()) {
			return;
		}
		if (evenSpend) {
			LOG.info("Calls made before this start are unknown, because {}: assuming that the plan was used evenly"
					+ " until now ({}). These calls are shown as assumed, not as used. {}Set {} if none were made before",
					reason, text(windows), advice, NONE_BEFORE);
		}
		else {
			LOG.info("Calls made before this start are unknown, because {}: assuming none ({}), since {}. {}", reason,
					text(windows), NONE_BEFORE,
					advice.isEmpty() ? "They are recorded from now on" : "Each restart forgets the calls before it");
		}
	}

	/**
	 * Logs the calls that are assumed in addition to those of the state file.
	 */
	static void logRestored(Spend earlier, Collection<CalendarWindow> windows) {
		List<CalendarWindow> more = windows.stream()
			.filter((
					window) -> window.calls().all().assumed() > saved(earlier, window).assumed(window.period().start()))
			.toList();
		if (!more.isEmpty()) {
			String reason = more.stream().allMatch((window) -> saved(earlier, window).knows(window.period().start()))
					? "the last run ended without saving its last calls; assuming as many as it can have made"
					: "it has no count of the current period; assuming an even spend until now";
			LOG.info("Calls in the file of gateway.budget.state-file may be incomplete: {} ({})", reason, text(more));
		}
	}

	private static SavedWindow saved(Spend earlier, CalendarWindow window) {
		return earlier.window(window.name());
	}

	/**
	 * Logs the assumed calls in the ledger.
	 */
	public static void logShared(Collection<CalendarWindow> windows) {
		List<CalendarWindow> assumed = windows.stream().filter((window) -> window.calls().all().assumed() > 0).toList();
		if (!assumed.isEmpty()) {
			LOG.info("Calls made before the count in Redis began are unknown: assuming that the plan was used evenly"
					+ " until then ({}). These calls are shown as assumed, not as used. Set {} if none were made before",
					text(assumed), NONE_BEFORE);
		}
	}

	private static String text(Collection<CalendarWindow> windows) {
		return windows.stream()
			.map((window) -> window.name() + ": " + window.calls().all().assumed() + " of " + window.limit())
			.collect(Collectors.joining(", "));
	}

}
