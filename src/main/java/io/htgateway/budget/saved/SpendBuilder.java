package io.htgateway.budget.saved;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Builds the spend of a run that is in progress.
 */
public final class SpendBuilder {

	private final Map<String, Counted> numbers = new HashMap<>();

	/**
	 * Adds the current period of a day or month.
	 * @param window name of the window
	 * @param all all calls that count in the period
	 * @param charged the calls that were charged while the clock was in it
	 */
	public void current(String window, Instant start, Tally all, Tally charged, Elsewhere elsewhere) {
		numbers.put(window, new Counted(start, all.total()));
		details(window, start, all, charged, elsewhere);
	}

	/**
	 * Adds an earlier period of a day or month.
	 */
	public void earlier(String window, Instant start, Tally all, Tally charged, Elsewhere elsewhere) {
		numbers.put(Names.period(window, start), new Counted(start, all.total()));
		details(window, start, all, charged, elsewhere);
	}

	/**
	 * Adds the calls of each account in a period of a day or month.
	 */
	public void accounts(String window, Instant start, Map<String, Long> calls) {
		String prefix = Names.accounts(Names.period(window, start));
		calls.forEach((account, number) -> putPositive(prefix + account, start, number));
	}

	private void details(String window, Instant start, Tally all, Tally charged, Elsewhere elsewhere) {
		String period = Names.period(window, start);
		putPositive(Names.assumed(period), start, all.assumed());
		putPositive(Names.charged(period), start, charged.total());
		putPositive(Names.assumed(Names.charged(period)), start, charged.assumed());
		putPositive(Names.elsewhere(period), start, elsewhere.calls());
		putPositive(Names.expected(period), start, elsewhere.expected());
		putPositive(Names.revision(period), elsewhere.at(), elsewhere.revision());
	}

	/**
	 * Adds calls of the minute.
	 * @param calls calls by the second of their count
	 * @param assumed whether it is unknown if they were made
	 */
	public void recent(Map<Instant, Long> calls, boolean assumed) {
		calls.forEach((at, number) -> {
			String name = Names.period(Spend.MINUTE, at);
			putPositive(assumed ? Names.assumed(name) : name, at, number);
		});
	}

	private void putPositive(String name, Instant start, long calls) {
		if (calls > 0) {
			numbers.put(name, new Counted(start, calls));
		}
	}

	/**
	 * Returns the spend.
	 * @param minute calls left in the minute, or null if it is not limited
	 */
	public Spend build(Instant now, @Nullable Long minute, Spend.Accounts accounts) {
		return new Spend(now, false, minute, numbers, accounts);
	}

}
