package io.htgateway.shared.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.htgateway.budget.ledger.Ledger;
import io.htgateway.testing.Draw;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A ledger whose requests and answers arrive when a test says so: late, in another
 * order, or never.
 */
final class UnreliableLedger implements Ledger {

	private final Ledger reliable;

	private final List<InFlight> inFlight = new ArrayList<>();

	private boolean available = true;

	UnreliableLedger(Ledger reliable) {
		this.reliable = reliable;
	}

	@Override
	public boolean isAvailable() {
		return available;
	}

	@Override
	public Mono<Reply> send(Request request) {
		return Mono.defer(() -> {
			InFlight next = new InFlight(request);
			inFlight.add(next);
			return next.sink.asMono();
		});
	}

	boolean isIdle() {
		return inFlight.isEmpty();
	}

	/**
	 * Loses all answers, but not the requests.
	 */
	void goDown() {
		available = false;
		List.copyOf(inFlight).forEach(InFlight::lose);
	}

	void comeBack() {
		available = true;
	}

	/**
	 * Picks one request that is under way, and lets it arrive, answers it or loses it.
	 */
	void advance(Draw draw) {
		if (!inFlight.isEmpty()) {
			InFlight one = draw.of(inFlight);
			switch (draw.below(4)) {
				case 0, 1 -> one.arrive();
				case 2 -> one.answer();
				default -> one.lose();
			}
			inFlight.removeIf(InFlight::isOver);
		}
	}

	/**
	 * Answers every request that is under way, until there is none.
	 */
	void finish() {
		while (!inFlight.isEmpty()) {
			List.copyOf(inFlight).forEach(InFlight::answer);
			inFlight.removeIf(InFlight::isOver);
		}
	}

	/**
	 * A request on its way, or its answer.
	 */
	private final class InFlight {

		private final Request request;

		private final Sinks.One<Reply> sink = Sinks.one();

		private @Nullable Reply reply;

		private boolean replied;

		private InFlight(Request request) {
			this.request = request;
		}

		private void arrive() {
			reply = (reply != null) ? reply : Objects.requireNonNull(reliable.send(request).block());
		}

		private void answer() {
			arrive();
			if (!replied) {
				replied = true;
				sink.tryEmitValue(reply);
			}
		}

		private void lose() {
			if (!replied) {
				replied = true;
				sink.tryEmitError(new IllegalStateException("no answer"));
			}
		}

		private boolean isOver() {
			return replied && reply != null;
		}

	}

}
