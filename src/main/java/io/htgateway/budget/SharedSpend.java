package io.htgateway.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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

	private static final Ledger.Calls NONE = new Ledger.Calls(-1, 0);

	private final Ledger ledger;

	private final Windows windows;

	private final InstantSource clock;

	private final Apart apart;

	private Shares shares;

	private final Unreported unreported = new Unreported();

	private final UnusedCharges unused = new UnusedCharges();

	private final String replica = UUID.randomUUID().toString();

	private long charges;

	private boolean calledApart;

	private String epoch = "";

	private long calls;

	private long interactive;

	private long refresh;

	private Map<String, Long> accounts = Map.of();

	SharedSpend(Ledger ledger, Windows windows, BudgetProperties properties, Shares shares, InstantSource clock) {
		this.ledger = ledger;
		this.windows = windows;
		this.clock = clock;
		this.shares = shares;
		this.apart = new Apart(windows, properties, shares, clock);
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

	/**
	 * Keeps the given shares from now on.
	 */
	void replace(Shares next) {
		shares = next;
		apart.replace(next);
	}

	boolean isInReach() {
		return ledger.isAvailable();
	}

	Mono<Boolean> returnsSoon() {
		return ledger.returnsSoon();
	}

	Mono<Ledger.Answer> ask(Ledger.Question question) {
		return ledger.ask(question)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("The ledger says nothing")));
	}

	/**
	 * The minute that counts at present.
	 */
	@Nullable MinuteWindow minute() {
		if (!isInReach()) {
			apart.divide();
			return apart.minute();
		}
		unite();
		return windows.minute();
	}

	private void unite() {
		windows.calendar().forEach((window) -> window.divide(1));
	}

	/**
	 * Why there is no call at present, if there is none.
	 */
	@Nullable BudgetExhausted refusal(Priority priority) {
		if (isInReach()) {
			unite();
			return windows.refusal(priority, windows.minute());
		}
		BudgetExhausted refusal = apart.refusal(priority);
		return (refusal != null) ? known(refusal) : null;
	}

	/**
	 * Charges a call to what this replica may spend without the others.
	 * @throws BudgetExhausted if that part is used up
	 */
	void chargeApart(Priority priority, String account) {
		windows.roll();
		try {
			apart.charge(priority, account);
		}
		catch (BudgetExhausted refused) {
			throw known(refused);
		}
		calledApart = true;
		unreported.count(priority, kept(account), windows.calendar());
	}

	// Only this replica's part is spent, unless the ledger reported more before.
	private BudgetExhausted known(BudgetExhausted refused) {
		boolean known = !epoch.isEmpty() && windows.calendar()
			.stream()
			.filter((window) -> window.name().equals(refused.window()))
			.anyMatch((window) -> refused.isOfShare() || window.used() >= window.limit());
		if (known) {
			return refused;
		}
		Duration later = isInReach() ? SOON : refused.retryAfter();
		return (epoch.isEmpty() && !calledApart) ? refused.uncountedYet(later) : refused.uncounted(later);
	}

	/**
	 * Asks for a call.
	 * @throws BudgetExhausted where it is known that there is none
	 */
	Ledger.Question question(Priority priority, String account) {
		if (!epoch.isEmpty()) {
			unite();
			windows.require(priority, account, windows.minute());
		}
		return question(1, replica + "-" + ++charges, priority, account, null);
	}

	/**
	 * Gives back the charge of the given name, for which no call is made, even if it is
	 * not known whether the ledger counted it. Repeated until the ledger confirms it.
	 */
	Ledger.Question release(String charge, Priority priority, String account) {
		UnusedCharges.Unused given = unused.add(charge, priority, account, clock.instant());
		return release(given);
	}

	private Ledger.Question release(UnusedCharges.Unused given) {
		windows.roll();
		return question(-1, given.charge(), given.priority(), given.account(), null);
	}

	/**
	 * Returns the questions that give back charges not yet confirmed by the ledger.
	 */
	List<Ledger.Question> releases() {
		return unused.all(clock.instant()).stream().map(this::release).toList();
	}

	/**
	 * Records that the ledger has taken back the given charge.
	 */
	void released(String charge) {
		unused.remove(charge);
	}

	/**
	 * Asks for no call, and tells of those that the ledger does not know of.
	 */
	Ledger.Question report() {
		windows.roll();
		return question(0, "", Priority.INTERACTIVE, "", unreported.report());
	}

	private Ledger.Question question(int change, String charge, Priority priority, String account,
			Ledger.@Nullable Report report) {
		Instant now = clock.instant();
		MinuteWindow minute = windows.minute();
		List<Ledger.Window> calendar = windows.calendar()
			.stream()
			.map((window) -> window.question(priority, account, now))
			.toList();
		return new Ledger.Question(change, charge, epoch, calls, priority, kept(account),
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

		/**
		 * One call.
		 */
		static Elsewhere one(Priority priority) {
			return switch (priority) {
				case INTERACTIVE -> new Elsewhere(1, 0);
				case REFRESH -> new Elsewhere(0, 1);
			};
		}

	}

}
