package io.htgateway.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.event.StreamEvent.Fill;
import io.htgateway.stream.event.Trade;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.Journal;
import io.htgateway.stream.poll.Step;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Journal of a gateway that polls for itself alone.
 */
final class LocalJournal implements Journal {

	private final FillLog log;

	// Trades that a later page can repeat, with their times.
	private final Map<Trade, Long> seen = new HashMap<>();

	private @Nullable Checkpoint checkpoint;

	LocalJournal(FillLog log) {
		this.log = log;
	}

	@Override
	public Mono<Void> follow(Beginning beginning) {
		return Mono.fromRunnable(() -> begin(beginning));
	}

	private synchronized void begin(Beginning beginning) {
		if (!beginning.continues(checkpoint)) {
			Checkpoint first = beginning.after(checkpoint);
			long last = (checkpoint != null) ? checkpoint.lastTime() : 0;
			checkpoint = first;
			seen.clear();
			log.append(List.of(new StreamEvent.Pause(last, new FillId(first.firstTime(), 0))));
		}
	}

	@Override
	public Mono<Void> release() {
		return Mono.empty();
	}

	@Override
	public boolean hasTurn() {
		return true;
	}

	@Override
	public synchronized @Nullable Checkpoint checkpoint() {
		return checkpoint;
	}

	@Override
	public Mono<Integer> commit(Step step) {
		return Mono.fromSupplier(() -> store(step));
	}

	private synchronized int store(Step step) {
		List<StreamEvent> added = new ArrayList<>();
		int fills = 0;
		for (StreamEvent event : step.events()) {
			if (!(event instanceof Fill fill) || seen.putIfAbsent(fill.trade(), fill.id().time()) == null) {
				added.add(event);
				fills += (event instanceof Fill) ? 1 : 0;
			}
		}
		seen.values().removeIf((time) -> time < step.forgetBefore());
		checkpoint = step.next();
		log.append(added);
		return fills;
	}

}
