package io.htgateway.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader;
import io.htgateway.cache.load.Pace;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import reactor.core.publisher.Mono;

/**
 * A month of 30 days in virtual time: ten teams that request 16 cohorts and 20 heatmaps,
 * the real cache, budget and pace, and an upstream that counts its own windows and
 * changes its bodies with each state update.
 */
final class SimulatedMonth {

	static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

	static final Duration LENGTH = Duration.ofDays(30);

	static final Duration TTL = Duration.ofMinutes(5);

	static final Duration MAX_TTL = Duration.ofMinutes(30);

	static final Duration STALE_WHILE_REVALIDATE = Duration.ofMinutes(10);

	private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

	static final int COHORTS = 16;

	static final int KEYS = COHORTS + 20;

	static final long SEED = 17;

	private static final Duration TICK = Duration.ofSeconds(5);

	private static final CachePolicy POLICY = new CachePolicy(TTL, STALE_WHILE_REVALIDATE, Duration.ofHours(24),
			Duration.ofSeconds(22), (failure) -> LoadFailure.REFUSED);

	private final SimulatedStates states = new SimulatedStates(START, new Random(SEED));

	private final SimulatedDemand demand;

	private final MutableClock clock;

	private final ResponseCache cache;

	private final Pace pace;

	private final CallBudget budget;

	private final CountingUpstream upstream;

	private final SimulatedSource source;

	private final List<SimulatedKey> keys = IntStream.range(0, KEYS).mapToObj(SimulatedKey::new).toList();

	private final MonthTally tally = new MonthTally();

	private Instant nextRequest;

	private Instant nextTick = START.plus(TICK);

	private Instant pausedUntil = START;

	/**
	 * Creates a month.
	 * @param source reports the states that are published
	 */
	SimulatedMonth(BeanFactory gateway, SimulatedPlan plan, SimulatedSource source) {
		this(gateway, plan.upstream(), plan.demand(), source);
	}

	/**
	 * Creates a month of another plan.
	 * @param source reports the states that are published
	 */
	SimulatedMonth(BeanFactory gateway, CountingUpstream upstream, SimulatedDemand demand, SimulatedSource source) {
		this.clock = gateway.getBean(MutableClock.class);
		this.cache = gateway.getBean(ResponseCache.class);
		this.pace = gateway.getBean(Pace.class);
		this.budget = gateway.getBean(CallBudget.class);
		this.upstream = upstream;
		this.demand = demand;
		this.nextRequest = START.plus(demand.nextGap());
		this.source = source;
	}

	MonthTally.Outcome run() {
		for (int hour = 1; hour <= LENGTH.toHours(); hour++) {
			simulateUntil(START.plus(Duration.ofHours(hour)));
			tally.endHour(hour, pace.stretch(), upstream.calls());
		}
		return tally.outcome(upstream);
	}

	private void simulateUntil(Instant end) {
		while (true) {
			Instant next = Stream.of(nextRequest, states.next(), nextTick).min(Instant::compareTo).orElseThrow();
			if (!next.isBefore(end)) {
				moveTo(end);
				return;
			}
			moveTo(next);
			if (next.equals(states.next())) {
				states.publishNext();
				source.published(states);
			}
			else if (next.equals(nextTick)) {
				source.tick(states, next);
				nextTick = next.plus(TICK);
			}
			else {
				request(keys.get(demand.nextKey()), next);
				nextRequest = next.plus(demand.nextGap());
			}
		}
	}

	private void moveTo(Instant time) {
		clock.advance(Duration.between(clock.instant(), time));
	}

	private void request(SimulatedKey key, Instant now) {
		CacheResult last = key.last;
		CacheResult hit = (last != null) ? cache.hit(key.name(), last.stored()) : null;
		try {
			CacheResult result = (hit != null) ? hit
					: cache.get(key.name(), POLICY, Reach.LOAD, (previous) -> load(key, previous))
						.blockOptional()
						.orElseThrow();
			key.last = result;
			tally.answer(result.age(), states.lag(SimulatedKey.state(result.response()), now));
		}
		catch (RuntimeException failure) {
			tally.fail(last != null);
		}
	}

	/**
	 * Makes a call of the given priority.
	 */
	void call(Priority priority) {
		requireNoPause();
		Budgets.charge(budget, priority, "anyone");
		upstream.call(clock.instant()).ifPresent(this::pause);
	}

	// As the guard of upstream calls does.
	private void pause(Duration wait) {
		budget.rateLimited(wait);
		pausedUntil = clock.instant().plus((wait.compareTo(LONGEST_PAUSE) < 0) ? wait : LONGEST_PAUSE);
		throw new UpstreamException.RateLimited(wait);
	}

	private void requireNoPause() {
		if (clock.instant().isBefore(pausedUntil)) {
			throw new UpstreamRefusal.CoolingDown(Duration.between(clock.instant(), pausedUntil));
		}
	}

	private Mono<Loader.Loaded> load(SimulatedKey key, @Nullable CachedResponse previous) {
		return Mono.fromCallable(() -> {
			call((previous != null) ? Priority.REFRESH : Priority.INTERACTIVE);
			tally.load(previous != null && SimulatedKey.state(previous) == states.newest());
			return Loader.Loaded.fetched(key.response(states.newest(), states.publishedAt(), clock.instant()));
		});
	}

}
