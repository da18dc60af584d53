package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The spend of all replicas as this one knows it, and what it does while it knows nothing
 * new. Not thread-safe.
 */
final class SharedSpend {

	/**
	 * Until the next look at the ledger.
	 */
	private static final Duration SOON = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Ledger.Calls NONE = new Ledger.Calls(-1, 0);

	private final Ledger ledger;

	private final Windows windows;

	private final InstantSource clock;

	private final int replicas;

	private final boolean perMinute;

	private final @Nullable MinuteWindow apart;

	private Shares shares;

	private final Unreported unreported = new Unreported();

	private String epoch = "";

	private long calls;

	private long interactive;

	private long refresh;

	private Map<String, Long> accounts = Map.of();

	SharedSpend(Ledger ledger, Windows windows, BudgetProperties properties, Shares shares, InstantSource clock) {
		this.ledger = ledger;
		this.windows = windows;
		this.clock = clock;
		this.replicas = properties.replicas();
		this.shares = shares;
		long limit = properties.limitsOfAll().perMinute();
		this.perMinute = limit > 0;
		this.apart = apart(MinuteWindow.apart(limit) / replicas, properties, shares, clock);
	}

	/**
	 * The windows of all replicas together.
	 */
	static Windows windows(BudgetProperties properties, Shares shares, InstantSource clock) {
		Plan.Limits limits = properties.limitsOfAll();
		MinuteWindow minute = (limits.perMinute() > 0)
				? MinuteWindow.ofAll(limits.perMinute(), properties.interactiveReserve(), shares, clock) : null;
		return new Windows(limits, properties, minute, shares, clock);
	}

	// Empty at the start: the run before may have used it up a moment ago.
	private static @Nullable MinuteWindow apart(long limit, BudgetProperties properties, Shares shares,
			InstantSource clock) {
		if (limit == 0) {
			return null;
		}
		MinuteWindow window = new MinuteWindow(limit, properties.interactiveReserve(), shares, clock);
		window.restore(0, Duration.ZERO);
		return window;
	}

	/**
	 * Keeps the given shares from now on.
	 */
	void replace(Shares next) {
		shares = next;
		if (apart != null) {
			apart.replace(next);
		}
	}

	boolean isInReach() {
		return ledger.isAvailable();
	}

	Mono<Ledger.Answer> ask(Ledger.Question question) {
		return ledger.ask(question)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("The ledger says nothing")));
	}

	/**
	 * The minute that counts at present.
	 */
	@Nullable MinuteWindow minute() {
		boolean reached = isInReach();
		windows.calendar().forEach((window) -> window.divide(reached ? 1 : replicas));
		if (apart != null) {
			apart.roll();
		}
		return reached ? windows.minute() : apart;
	}

	/**
	 * Why there is no call at present, if there is none.
	 */
	@Nullable BudgetExhausted refusal(Priority priority) {
		MinuteWindow minute = minute();
		BudgetExhausted refusal = windows.refusal(priority, minute);
		return (refusal == null && perMinute && minute == null) ? new BudgetExhausted(MinuteWindow.NAME, MINUTE)
				: refusal;
	}

	/**
	 * Charges a call to what this replica may spend without the others.
	 */
	void chargeApart(Priority priority, String account) {
		windows.roll();
		if (apart != null) {
			apart.roll();
		}
		else if (perMinute) {
			throw new BudgetExhausted(MinuteWindow.NAME, MINUTE);
		}
		windows.calendar().forEach((window) -> window.divide(replicas));
		windows.require(priority, account, apart);
		windows.calendar().forEach((window) -> window.countApart(account));
		if (apart != null) {
			apart.count(account);
		}
		unreported.count(priority, kept(account), windows.calendar());
	}

	/**
	 * Asks for a call.
	 * @throws BudgetExhausted where it is known that there is none
	 */
	Ledger.Question question(Priority priority, String account) {
		windows.require(priority, account, minute());
		return question(1, priority, account, null);
	}

	/**
	 * Gives a call back, where that is the ledger that counted it.
	 */
	Ledger.@Nullable Question release(CallBudget.Charge charge) {
		windows.roll();
		return charge.epoch().equals(epoch) ? question(-1, charge.priority(), charge.account(), null) : null;
	}

	/**
	 * Asks for no call, and tells of those that the ledger does not know of.
	 */
	Ledger.Question report() {
		windows.roll();
		return question(0, Priority.INTERACTIVE, "", unreported.report());
	}

	private Ledger.Question question(int change, Priority priority, String account, Ledger.@Nullable Report report) {
		Instant now = clock.instant();
		MinuteWindow minute = windows.minute();
		List<Ledger.Window> calendar = windows.calendar()
			.stream()
			.map((window) -> window.question(priority, account, now))
			.toList();
		return new Ledger.Question(change, epoch, calls, priority, kept(account),
				(minute != null) ? minute.question(priority, account) : null, calendar, report);
	}

	private String kept(String account) {
		return shares.parts().containsKey(account) ? account : "";
	}

	/**
	 * Takes over what the ledger says, unless it has said something newer before.
	 * @return the calls since, without those that were made here apart from the others
	 */
	Elsewhere apply(Ledger.Answer answer) {
		boolean same = answer.epoch().equals(epoch);
		if (same && answer.calls() < calls) {
			return Elsewhere.NOTHING;
		}
		Ledger.Report reported = unreported.accept(answer.reported());
		windows.roll();
		long more = same ? answer.interactive() - interactive - reported.interactive() : 0;
		long moreRefresh = same ? answer.refresh() - refresh - reported.refresh() : 0;
		for (CalendarWindow window : windows.calendar()) {
			window.set(answer.windows().getOrDefault(window.name(), NONE),
					reported.windows().getOrDefault(window.name(), NONE));
		}
		if (windows.minute() != null) {
			windows.minute().set(answer.tokens());
		}
		if (same) {
			shares.parts().keySet().forEach((account) -> spend(account, answer, reported));
		}
		epoch = answer.epoch();
		calls = answer.calls();
		interactive = answer.interactive();
		refresh = answer.refresh();
		accounts = answer.accounts();
		return new Elsewhere(more, moreRefresh);
	}

	private void spend(String account, Ledger.Answer answer, Ledger.Report reported) {
		long more = answer.accounts().getOrDefault(account, 0L) - accounts.getOrDefault(account, 0L)
				- reported.accounts().getOrDefault(account, 0L);
		windows.calendar().forEach((window) -> window.spend(account, more));
		if (windows.minute() != null) {
			windows.minute().spend(account, more);
		}
	}

	/**
	 * Requires that the ledger has granted the call.
	 * @throws BudgetExhausted where it has not
	 */
	void requireGranted(Ledger.Answer answer, Priority priority, String account) {
		if (answer.refused() != null) {
			windows.require(priority, account, windows.minute());
			throw new BudgetExhausted(answer.refused(), SOON);
		}
	}

	/**
	 * Calls that were not counted here yet.
	 */
	record Elsewhere(long interactive, long refresh) {

		private static final Elsewhere NOTHING = new Elsewhere(0, 0);

	}

}
