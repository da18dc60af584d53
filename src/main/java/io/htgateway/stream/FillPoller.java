package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.stream.StreamEvent.Fill;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import io.htgateway.upstream.response.UpstreamException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Polls the upstream for fills while somebody listens, forward from the last fill that it
 * has seen, and appends new ones to the log.
 */
final class FillPoller {

	/**
	 * Time between two runs.
	 */
	static final Duration RUN = Duration.ofSeconds(1);

	/**
	 * Time before the last fill from which each poll starts again: the upstream may
	 * publish a fill a little later than another one of a later time.
	 */
	static final Duration OVERLAP = Duration.ofSeconds(10);

	/**
	 * Time since the last poll after which the next listener starts with new fills,
	 * instead of all since then.
	 */
	static final Duration MAX_PAUSE = Duration.ofHours(1);

	private static final String PATH = "/api/external/fills/liquidation";

	private static final int LIMIT = 1_000;

	/**
	 * Most pages of a run, which must not take too long. The next run goes on.
	 */
	private static final int MAX_PAGES = 20;

	private static final Duration LONGEST_REFUSAL = Duration.ofMinutes(5);

	private final UpstreamClient upstream;

	private final FillLog log;

	private final StreamQuota quota;

	private final Pace pace;

	private final PollHealth health = new PollHealth();

	private final BooleanSupplier needed;

	private final InstantSource clock;

	private final InstantSource dates;

	// Trades that a later page can repeat, with their times.
	private final Map<Trade, Long> seen = new HashMap<>();

	private @Nullable Walk walk;

	private long lastTime;

	private long firstTime;

	private @Nullable Instant completeAt;

	private Instant nextPoll = Instant.MIN;

	private volatile Pace current;

	/**
	 * Creates a poller.
	 * @param needed whether somebody listens
	 * @param clock clock that measures waiting times
	 * @param dates clock of dates
	 */
	FillPoller(UpstreamClient upstream, FillLog log, StreamQuota quota, Pace pace, BooleanSupplier needed,
			InstantSource clock, InstantSource dates) {
		this.upstream = upstream;
		this.log = log;
		this.quota = quota;
		this.pace = pace;
		this.current = pace;
		this.needed = needed;
		this.clock = clock;
		this.dates = dates;
	}

	/**
	 * Begins to poll for the first listener: goes on after the last poll, or starts anew
	 * after a long pause.
	 * @param resumed the last fill that the listener knows, or null
	 */
	synchronized void wake(@Nullable FillId resumed) {
		Instant now = dates.instant();
		Instant oldest = now.minus(MAX_PAUSE);
		if (completeAt != null && !completeAt.isBefore(oldest)) {
			return;
		}
		Instant last = (resumed != null) ? Instant.ofEpochMilli(resumed.time()) : now;
		boolean known = !last.isAfter(now) && !last.isBefore(oldest);
		// Others may resume from a slightly earlier fill.
		Instant from = (known && resumed != null) ? last.minus(pace.interval()) : now;
		firstTime = from.toEpochMilli();
		lastTime = firstTime;
		completeAt = from;
		walk = null;
		seen.clear();
		current = pace;
		log.restart(new FillId(firstTime, 0));
	}

	/**
	 * Polls if a poll is due and somebody listens. Never fails.
	 */
	Mono<Void> run() {
		return Mono.defer(() -> (needed.getAsBoolean() && isDue()) ? poll() : Mono.empty());
	}

	private synchronized boolean isDue() {
		return completeAt != null && !clock.instant().isBefore(nextPoll);
	}

	private Mono<Void> poll() {
		begin();
		return page().expand((more) -> more ? page() : Mono.empty())
			.take(MAX_PAGES)
			.then()
			.contextWrite(quota::in)
			.onErrorResume((failure) -> Mono.fromRunnable(() -> failed(failure)));
	}

	private synchronized void begin() {
		Instant now = clock.instant();
		nextPoll = now.plus(pace.interval());
		if (walk == null) {
			walk = new Walk(Instant.ofEpochMilli(lastTime).minus(OVERLAP), dates.instant(), null);
		}
	}

	// Emits whether another page follows.
	private Mono<Boolean> page() {
		return Mono.defer(() -> {
			Walk current = walk();
			return upstream.fetchArray(current.request(), FillPage.ARRAY)
				.flatMap(FillPage::read)
				.map((page) -> accept(current, page));
		});
	}

	private synchronized Walk walk() {
		return Objects.requireNonNull(walk);
	}

	private synchronized boolean accept(Walk before, FillPage page) {
		if (!before.equals(walk)) {
			return false;
		}
		String cursor = page.nextCursor();
		if (cursor != null && (cursor.equals(before.cursor()) || page.fills().isEmpty())) {
			throw new UpstreamException.Malformed("a cursor that leads to no further fill");
		}
		append(page);
		walk = (cursor != null) ? new Walk(before.start(), before.begunAt(), cursor) : null;
		if (cursor == null) {
			completeAt = before.begunAt();
			forget();
			health.succeeded();
			become(pace);
			return false;
		}
		if (page.isOldestFirst()) {
			forget();
		}
		// The next run goes on at once if this one ends before the last page.
		nextPoll = clock.instant();
		return true;
	}

	private void append(FillPage page) {
		List<StreamEvent> added = new ArrayList<>();
		long before = lastTime;
		for (Fill fill : page.fills()) {
			lastTime = Math.max(lastTime, fill.id().time());
			if (seen.putIfAbsent(Trade.of(fill), fill.id().time()) == null && fill.id().time() >= firstTime) {
				added.add(fill);
			}
		}
		if (page.unreadable() > 0) {
			added.add(new StreamEvent.Gap(before, lastTime));
			health.unreadable(page.unreadable());
		}
		health.read(added.size());
		log.append(added);
	}

	// The next poll starts so late that it cannot repeat earlier trades.
	private void forget() {
		long start = lastTime - OVERLAP.toMillis();
		seen.values().removeIf((time) -> time < start);
	}

	private synchronized void failed(Throwable failure) {
		Instant now = clock.instant();
		if (failure instanceof BudgetExhausted refused) {
			health.refused();
			Duration wait = (refused.retryAfter().compareTo(LONGEST_REFUSAL) < 0) ? refused.retryAfter()
					: LONGEST_REFUSAL;
			nextPoll = now.plus(wait);
			become(new Pace(refused.retryAfter(), quota.isSpent() ? Pace.Reason.SHARE : Pace.Reason.BUDGET));
			return;
		}
		if (failure instanceof UpstreamException.Rejected) {
			// The cursor may be too old.
			walk = null;
		}
		nextPoll = now.plus(pace.interval());
		health.failed(failure);
		become(new Pace(pace.interval(), Pace.Reason.UPSTREAM));
	}

	private void become(Pace next) {
		boolean changed = next.reason() != current.reason();
		current = next;
		if (changed) {
			log.append(List.of(new StreamEvent.Paced(next)));
		}
	}

	/**
	 * Returns the pace of the polls.
	 */
	Pace pace() {
		return current;
	}

	PollHealth health() {
		return health;
	}

	/**
	 * Returns the time since the upstream was last read to its end, or zero if nobody
	 * listens.
	 */
	synchronized Duration lag() {
		return (completeAt != null && needed.getAsBoolean()) ? Duration.between(completeAt, dates.instant())
				: Duration.ZERO;
	}

	/**
	 * One side of a trade: both can be liquidations.
	 */
	private record Trade(long tid, String side) {

		private static Trade of(Fill fill) {
			return new Trade(fill.id().tid(), fill.side());
		}

	}

	/**
	 * Pages of one poll, from its start to the newest fill. A poll that is interrupted
	 * goes on with its cursor, so that it advances however few calls are left.
	 *
	 * @param start time from which the upstream returns fills
	 * @param begunAt when the poll began
	 * @param cursor cursor of the next page, or null for the first one
	 */
	private record Walk(Instant start, Instant begunAt, @Nullable String cursor) {

		private UpstreamRequest request() {
			UpstreamRequest request = UpstreamRequest.of(PATH).with("limit", LIMIT).with("start", start);
			return (cursor != null) ? request.with("nextCursor", cursor) : request;
		}

	}

}
