package io.htgateway.shared.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.htgateway.shared.Script;
import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.JournalException;
import io.htgateway.stream.poll.Pages;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SharedJournal} with random orders of events.
 */
class JournalScheduleTests extends SharedJournalTest {

	// Any order of readings, pages, expired turns, killed and new replicas, second
	// beginnings, and commands that are sent again because their reply was lost, after
	// something else has happened.
	@Test
	void noOrderOfEventsLosesOrDoublesAFill() {
		for (int seed = 0; seed < 60; seed++) {
			delete("turn", "head", "events", "trades");
			new Run(new Random(seed)).check(seed);
		}
	}

	private final class Run {

		private final Random random;

		private final Pages upstream = new Pages(3);

		private final List<Replica> replicas = new ArrayList<>();

		private long trades;

		private long lostReplies;

		private boolean interfering;

		private Run(Random random) {
			this.random = random;
			replicas.add(replica(this::run));
			replicas.add(replica(this::run));
			replicas.forEach(Replica::follow);
		}

		private void check(int seed) {
			for (int step = 0; step < 120; step++) {
				Replica replica = replicas.get(random.nextInt(replicas.size()));
				switch (random.nextInt(10)) {
					case 0, 1 -> happen();
					case 2 -> replica.follow();
					case 3, 4, 5 -> attempt(replica);
					case 6 -> delete("turn");
					case 7 -> clock.advance(Duration.ofMillis(random.nextInt(8_000)));
					case 8 -> beginAgain();
					default -> kill();
				}
			}
			assertThat(lostReplies).as("seed %s", seed).isPositive();
			interfering = true;
			clock.advance(Duration.ofSeconds(30));
			delete("turn");
			Replica last = replicas.getFirst();
			last.follow();
			while (last.checkpoint().walk() != null) {
				last.page(upstream);
			}
			last.page(upstream);
			while (last.checkpoint().walk() != null) {
				last.page(upstream);
			}
			replicas.forEach(Replica::follow);
			for (Replica replica : replicas) {
				assertThat(replica.trades()).as("seed %s", seed)
					.containsExactlyInAnyOrderElementsOf(upstream.trades())
					.isEqualTo(last.trades());
			}
		}

		private Mono<byte[]> run(Script script, List<String> keys, byte[]... arguments) {
			Mono<byte[]> command = stores.store().runIdempotent(script, keys, arguments);
			return Mono.defer(() -> (interfering || random.nextInt(6) > 0) ? command : sendTwice(command));
		}

		private Mono<byte[]> sendTwice(Mono<byte[]> command) {
			return command.then(Mono.fromRunnable(this::interfere).subscribeOn(Schedulers.boundedElastic()))
				.then(command);
		}

		private void interfere() {
			lostReplies++;
			interfering = true;
			switch (random.nextInt(4)) {
				case 0 -> delete("turn");
				case 1 -> beginAgain();
				case 2 -> {
					Replica other = replica();
					delete("turn");
					other.follow();
					other.page(upstream);
				}
				default -> happen();
			}
			interfering = false;
		}

		// As a replica does that wants all since an earlier checkpoint again.
		private void beginAgain() {
			Replica fresh = replica();
			fresh.follow();
			Checkpoint known = fresh.checkpoint().restarted();
			fresh.scripts
				.begin(version(), known, new StreamEvent.Pause(known.lastTime(), new FillId(known.firstTime(), 0)))
				.block();
			fresh.journal.release().block();
		}

		private void happen() {
			for (int count = random.nextInt(8); count > 0; count--) {
				trades++;
				upstream.add(clock.instant().minusMillis(random.nextInt(4) * 100L), trades);
			}
		}

		private void attempt(Replica replica) {
			try {
				replica.page(upstream);
			}
			catch (JournalException another) {
				assertThat(replica.journal.hasTurn()).isFalse();
			}
		}

		private void kill() {
			replicas.set(random.nextInt(replicas.size()), replica(this::run));
			replicas.forEach(Replica::follow);
		}

	}

}
