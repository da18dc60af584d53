package io.htgateway.stream.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.stream.event.Pace;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.response.UpstreamException;
import reactor.core.publisher.Mono;

/**
 * Polls the upstream for fills while somebody listens and this gateway has the turn,
 * forward from the last fill that was seen.
 */
public final class FillPoller {

	/**
	 * Most pages of a run, which must not take too long. The next run goes on.
	 */
	private static final int MAX_PAGES = 20;

	/**
	 * Time of a run after which no further page is requested: a run that is cut off would
	 * lose a call.
	 */
	private static final Duration MAX_RUN = Duration.ofSeconds(30);

	private final UpstreamClient upstream;

	private final Journal journal;

	private final StreamQuota quota;

	private final Pace pace;

	private final PollHealth health = new PollHealth();

	private final BooleanSupplier needed;

	private final InstantSource dates;

	/**
	 * Creates a poller.
	 * @param share calls that the polls of all replicas may cause
	 * @param pace the regular pace
	 * @param needed whether somebody listens
	 * @param dates clock of dates, about the same at all replicas
	 */
	public FillPoller(UpstreamClient upstream, Journal journal, StreamShare share, Pace pace, BooleanSupplier needed,
			InstantSource dates) {
		this.upstream = upstream;
		this.journal = journal;
		this.quota = new StreamQuota(share, journal, dates);
		this.pace = pace;
		this.needed = needed;
		this.dates = dates;
	}

	/**
	 * Polls if a poll is due and somebody listens. Never fails.
	 */
	public Mono<Void> run() {
		return Mono.defer(() -> isDue() ? poll() : Mono.empty());
	}

	private boolean isDue() {
		Checkpoint known = journal.checkpoint();
		return needed.getAsBoolean() && journal.hasTurn() && known != null && known.isDue(dates.instant());
	}

	private Mono<Void> poll() {
		Instant end = dates.instant().plus(MAX_RUN);
		return begin().then(Mono.defer(this::page))
			.expand((more) -> (more && dates.instant().isBefore(end)) ? page() : Mono.empty())
			.take(MAX_PAGES)
			.then()
			.contextWrite(quota::in)
			.onErrorResume((failure) -> failed(failure).onErrorComplete(JournalException.class));
	}

	private Mono<Integer> begin() {
		Checkpoint before = checkpoint();
		return (before.walk() != null) ? Mono.empty()
				: journal.commit(Step.of(before, before.walking(dates.instant())));
	}

	// Emits whether another page follows.
	private Mono<Boolean> page() {
		return Mono.defer(() -> {
			Walk walk = Objects.requireNonNull(checkpoint().walk());
			Instant now = dates.instant();
			return upstream.fetchArray(walk.request(), FillPage.ARRAY)
				.flatMap(FillPage::read)
				.flatMap((page) -> accept(walk, now, page));
		});
	}

	private Mono<Boolean> accept(Walk walk, Instant requested, FillPage page) {
		Checkpoint before = checkpoint();
		if (!walk.equals(before.walk())) {
			return Mono.error(new JournalException("the journal has another poll"));
		}
		Step step = Step.of(before, walk, requested, page, pace);
		boolean last = step.next().walk() == null;
		return journal.commit(step).map((added) -> {
			health.read(added);
			health.unreadable(step.unreadable());
			if (last) {
				health.succeeded();
			}
			return !last;
		});
	}

	private Checkpoint checkpoint() {
		return Objects.requireNonNull(journal.checkpoint());
	}

	// Without the journal, nothing more can be stored. Another replica goes on, or this
	// one does later.
	private Mono<Void> failed(Throwable failure) {
		if (failure instanceof JournalException
				|| (failure instanceof BudgetExhausted refused && refused.isShutdown())) {
			return Mono.empty();
		}
		Checkpoint before = checkpoint();
		Instant now = dates.instant();
		return journal.commit(Step.of(before, (failure instanceof BudgetExhausted refused)
				? refused(before, refused, now) : interrupted(before, failure, now)))
			.then();
	}

	private Checkpoint refused(Checkpoint before, BudgetExhausted refused, Instant now) {
		health.refused();
		Duration wait = (refused.retryAfter().compareTo(Checkpoint.LONGEST_REFUSAL) < 0) ? refused.retryAfter()
				: Checkpoint.LONGEST_REFUSAL;
		Pace.Reason reason = quota.isSpent(before.allowance(), now) ? Pace.Reason.SHARE : Pace.Reason.BUDGET;
		return before.waiting(now.plus(wait), new Pace(wait, reason));
	}

	private Checkpoint interrupted(Checkpoint before, Throwable failure, Instant now) {
		health.failed(failure);
		// The cursor may be too old.
		boolean rejected = failure instanceof UpstreamException.Rejected;
		return (rejected ? before.restarted() : before).waiting(now.plus(pace.interval()),
				new Pace(pace.interval(), Pace.Reason.UPSTREAM));
	}

	/**
	 * Returns the outcomes of the polls so far.
	 */
	public PollHealth health() {
		return health;
	}

	/**
	 * Returns the number of calls so far.
	 */
	public long calls() {
		return quota.calls();
	}

	/**
	 * Returns the time since the upstream was last read to its end, by any replica, or
	 * zero if nobody listens here.
	 */
	public Duration lag() {
		Checkpoint known = journal.checkpoint();
		Duration since = (known != null && needed.getAsBoolean())
				? Duration.between(known.completeAt(), dates.instant()) : Duration.ZERO;
		return since.isNegative() ? Duration.ZERO : since;
	}

}
