package io.htgateway.ops.account;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Usage;
import io.htgateway.time.RepeatedTask;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Adds requests, hits and bytes to the account of the month, every ten seconds and at
 * shutdown. A kill loses those that came after the last addition.
 */
@Component
public final class RequestAccounts implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final Duration LONGEST_END = Duration.ofSeconds(2);

	/**
	 * Most lines of one addition. A script of Redis with more would delay others.
	 */
	private static final int MOST_LINES = 500;

	/**
	 * Stops after the server, and before the connections to Redis.
	 */
	private static final int PHASE = 1_001;

	private final Supplier<Map<Line, Usage>> totals;

	private final Accounts accounts;

	private final Disposable.Swap task = Disposables.swap();

	private final Map<Line, Usage> added = new HashMap<>();

	private Map<Line, Usage> pending = Map.of();

	private boolean full;

	private long number;

	private volatile boolean running;

	/**
	 * Creates additions of the given totals since the start.
	 */
	RequestAccounts(Supplier<Map<Line, Usage>> totals, Accounts accounts) {
		this.totals = totals;
		this.accounts = accounts;
	}

	/**
	 * Adds the usage since the last addition. A failed addition is repeated unchanged;
	 * the returned publisher never fails.
	 */
	public Mono<Void> add() {
		return Mono.defer(this::addNext).repeat(this::hasMore).then().onErrorComplete();
	}

	private synchronized Mono<Void> addNext() {
		Map<Line, Usage> next = next();
		full = next.size() == MOST_LINES;
		long sent = number;
		return next.isEmpty() ? Mono.empty() : accounts.add(sent, next).then(Mono.fromRunnable(() -> confirm(sent)));
	}

	// New requests wait for the next time, so that this ends under any traffic.
	private synchronized boolean hasMore() {
		return full;
	}

	private Map<Line, Usage> next() {
		if (pending.isEmpty()) {
			Map<Line, Usage> next = new HashMap<>();
			totals.get().forEach((line, total) -> {
				Usage more = total.minus(added.getOrDefault(line, Usage.NONE));
				if (next.size() < MOST_LINES && !more.equals(Usage.NONE)) {
					next.put(line, more);
				}
			});
			pending = next;
			number++;
		}
		return pending;
	}

	// The confirmation of an earlier addition that was sent twice can be late.
	private synchronized void confirm(long sent) {
		if (sent != number) {
			return;
		}
		pending.forEach((line, more) -> added.merge(line, more, Usage::plus));
		pending = Map.of();
	}

	@Override
	public void start() {
		task.update(RepeatedTask.every(INTERVAL, this::add));
		running = true;
	}

	@Override
	public void stop() {
		running = false;
		task.update(Disposables.disposed());
		add().timeout(LONGEST_END, Mono.empty()).block();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
