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
 * A ledger whose requests and replies arrive when the test says so: late, in another
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
	 * Loses all replies, but not the requests.
	 */
	void goDown() {
		available = false;
		List.copyOf(inFlight).forEach(InFlight::lose);
	}

	void comeBack() {
		available = true;
	}

	/**
	 * Picks one request in flight, and delivers it, replies to it or loses its reply.
	 */
	void advance(Draw draw) {
		if (!inFlight.isEmpty()) {
			InFlight one = draw.of(inFlight);
			switch (draw.below(4)) {
				case 0, 1 -> one.arrive();
				case 2 -> one.reply();
				default -> one.lose();
			}
			inFlight.removeIf(InFlight::isOver);
		}
	}

	/**
	 * Replies to every request until none is in flight.
	 */
	void finish() {
		while (!inFlight.isEmpty()) {
			List.copyOf(inFlight).forEach(InFlight::reply);
			inFlight.removeIf(InFlight::isOver);
		}
	}

	/**
	 * A request in flight, or its reply.
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

		private void reply() {
			arrive();
			if (!replied) {
				replied = true;
				sink.tryEmitValue(reply);
			}
		}

		private void lose() {
			if (!replied) {
				replied = true;
				sink.tryEmitError(new IllegalStateException("no reply"));
			}
		}

		private boolean isOver() {
			return replied && reply != null;
		}

	}

}
