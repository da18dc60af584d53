package io.htgateway.budget.file;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.htgateway.budget.saved.Spend;
import io.htgateway.budget.window.BudgetState;
import io.htgateway.settings.UnusableSettingsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the spend at the start and saves it to the state file: at most once a second
 * if it changed, and at the end. Saves on a thread of its own.
 */
final class SpendKeeper implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(SpendKeeper.class);

	private final RestorableBudget budget;

	private final BudgetState state;

	private final StateFile file;

	private final ScheduledExecutorService thread = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("budget-state").factory());

	private @Nullable Spend saved;

	private boolean failing;

	private boolean closed;

	SpendKeeper(RestorableBudget budget, StateFile file) {
		this.budget = budget;
		this.state = budget.state();
		this.file = file;
	}

	/**
	 * Restores the spend that an earlier run saved. From then on the file says that a run
	 * is in progress, which may end without saving its last calls.
	 * @throws UnusableSettingsException if the file cannot be written
	 */
	void restore() {
		state.restore(file.loadMonths());
		Spend spend = load();
		try {
			file.save(spend);
		}
		catch (IOException failure) {
			throw new UnusableSettingsException("gateway.budget.state-file cannot be written: " + failure + ".");
		}
		saved = state.spend();
	}

	/**
	 * Restores the spend, and saves it from then on.
	 */
	void start() {
		restore();
		var _ = thread.scheduleWithFixedDelay(this::save, 1, 1, TimeUnit.SECONDS);
	}

	private Spend load() {
		try {
			Optional<Spend> earlier = file.load();
			earlier.ifPresentOrElse(state::restore,
					() -> budget.logUnknown("the file of gateway.budget.state-file does not exist yet", ""));
			return earlier.map(Spend::continued).orElseGet(state::spend);
		}
		catch (IOException failure) {
			LOG.error(
					"Spend of earlier runs is unknown: gateway.budget.state-file cannot be read; assuming an even spend"
							+ " and an empty minute: file={} reason={}",
					file, failure.getMessage());
			state.restoreUnknown();
			return state.spend();
		}
	}

	/**
	 * Saves the spend if it changed.
	 */
	synchronized void save() {
		try {
			Spend spend = state.spend();
			if (!closed && (saved == null || !spend.isSameAs(saved))) {
				write(spend);
			}
		}
		catch (RuntimeException | Error failure) {
			// An exception would end the schedule. The next attempt follows a second
			// later.
			report(failure);
		}
	}

	// No call is charged after the last save.
	@Override
	public synchronized void close() {
		thread.shutdown();
		closed = true;
		state.close();
		write(state.spend().completed());
	}

	private synchronized void write(Spend spend) {
		try {
			file.save(spend);
			saved = spend;
			report(null);
		}
		catch (IOException | RuntimeException | Error failure) {
			report(failure);
		}
	}

	// Logged once when saving fails and once when it works again. An error of the JVM is
	// logged with its trace: it may be the cause for which somebody ends the process.
	private void report(@Nullable Throwable failure) {
		if (failure != null && !failing) {
			LOG.error("Spend cannot be saved; a restart would have to assume the unsaved calls: reason={}",
					failure.toString(), (failure instanceof Error) ? failure : null);
		}
		else if (failing && failure == null) {
			LOG.info("Spend is saved again");
		}
		failing = failure != null;
	}

}
