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
 * A ledger whose questions and answers arrive when a test says so: late, in another
 * order, or never.
 */
final class UnreliableLedger implements Ledger {

	private final Ledger reliable;

	private final List<Asked> asked = new ArrayList<>();

	private boolean available = true;

	UnreliableLedger(Ledger reliable) {
		this.reliable = reliable;
	}

	@Override
	public boolean isAvailable() {
		return available;
	}

	@Override
	public Mono<Answer> ask(Question question) {
		return Mono.defer(() -> {
			Asked next = new Asked(question);
			asked.add(next);
			return next.sink.asMono();
		});
	}

	boolean isIdle() {
		return asked.isEmpty();
	}

	/**
	 * Loses all answers, but not the questions.
	 */
	void goDown() {
		available = false;
		List.copyOf(asked).forEach(Asked::lose);
	}

	void comeBack() {
		available = true;
	}

	/**
	 * Picks one question that is under way, and lets it arrive, answers it or loses it.
	 */
	void goOn(Draw draw) {
		if (!asked.isEmpty()) {
			Asked one = draw.of(asked);
			switch (draw.below(4)) {
				case 0, 1 -> one.arrive();
				case 2 -> one.answer();
				default -> one.lose();
			}
			asked.removeIf(Asked::isOver);
		}
	}

	/**
	 * Answers every question that is under way, until there is none.
	 */
	void finish() {
		while (!asked.isEmpty()) {
			List.copyOf(asked).forEach(Asked::answer);
			asked.removeIf(Asked::isOver);
		}
	}

	/**
	 * A question on its way, or its answer.
	 */
	private final class Asked {

		private final Question question;

		private final Sinks.One<Answer> sink = Sinks.one();

		private @Nullable Answer answer;

		private boolean told;

		private Asked(Question question) {
			this.question = question;
		}

		private void arrive() {
			answer = (answer != null) ? answer : Objects.requireNonNull(reliable.ask(question).block());
		}

		private void answer() {
			arrive();
			if (!told) {
				told = true;
				sink.tryEmitValue(answer);
			}
		}

		private void lose() {
			if (!told) {
				told = true;
				sink.tryEmitError(new IllegalStateException("no answer"));
			}
		}

		private boolean isOver() {
			return told && answer != null;
		}

	}

}
