package io.htgateway.budget.saved;

import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.htgateway.budget.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * The spend as it is saved for the next run.
 *
 * @param savedAt when it was saved
 * @param complete whether no call was made after that
 * @param minute calls left in the minute, or null if it is not limited
 * @param windows numbers of calls by {@link Names name}
 * @param accounts accounts of the calls, or null if an earlier version saved this
 */
public record Spend(Instant savedAt, boolean complete, @Nullable Long minute, Map<String, Counted> windows,
		@Nullable Accounts accounts) {

	/**
	 * Window whose calls are saved by the second of their count.
	 */
	static final String MINUTE = "minute";

	public Spend {
		Objects.requireNonNull(savedAt);
		windows = Map.copyOf(windows);
	}

	/**
	 * Returns this spend as that of a run that is in progress, and may be killed.
	 */
	public Spend continued() {
		return new Spend(savedAt, false, minute, windows, accounts);
	}

	/**
	 * Returns this spend as that of a run that has ended normally.
	 */
	public Spend completed() {
		return new Spend(savedAt, true, minute, windows, accounts);
	}

	/**
	 * Returns whether the given spend has the same calls and accounts.
	 */
	public boolean isSameAs(Spend other) {
		return windows.equals(other.windows) && Objects.equals(accounts, other.accounts);
	}

	/**
	 * Returns the calls of the day or month.
	 * @param name name of the window
	 */
	public SavedWindow window(String name) {
		return new SavedWindow(savedAt, windows, name);
	}

	/**
	 * Returns the calls of the minute by the second of their count.
	 * @param assumed whether to return the assumed calls, or the others
	 */
	public Map<Instant, Long> recent(boolean assumed) {
		String prefix = Names.prefix(MINUTE);
		String name = assumed ? Names.assumed(prefix) : prefix;
		return windows.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(name))
			.map(Map.Entry::getValue)
			.collect(Collectors.toMap(Counted::start, Counted::used, Long::sum, HashMap::new));
	}

	/**
	 * Returns this spend without the accounts of other months than the current one.
	 */
	public Spend ofCurrentMonth() {
		return (accounts != null) ? new Spend(savedAt, complete, minute, windows, accounts.ofCurrentMonth()) : this;
	}

	/**
	 * Returns the accounts of the months other than the current one.
	 */
	public Map<YearMonth, Account> closedMonths() {
		Map<YearMonth, Account> closed = new HashMap<>(months());
		if (accounts != null) {
			closed.remove(accounts.current());
		}
		return closed;
	}

	/**
	 * Returns the saved accounts by month.
	 */
	public Map<YearMonth, Account> months() {
		return (accounts != null) ? accounts.months() : Map.of();
	}

	/**
	 * Accounts of the calls.
	 *
	 * @param current the current month
	 * @param since start of the known calls of the current month, or null if all are
	 * known
	 * @param months accounts by month
	 */
	public record Accounts(YearMonth current, @Nullable Instant since, Map<YearMonth, Account> months) {

		public Accounts {
			Objects.requireNonNull(current);
			months = Map.copyOf(months);
		}

		private Accounts ofCurrentMonth() {
			Account account = months.get(current);
			return new Accounts(current, since, (account != null) ? Map.of(current, account) : Map.of());
		}

	}

}
