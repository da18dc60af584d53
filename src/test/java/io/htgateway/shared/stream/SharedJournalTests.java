package io.htgateway.shared.stream;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.Journal.Beginning;
import io.htgateway.stream.poll.JournalException;
import io.htgateway.stream.poll.Pages;
import io.htgateway.stream.poll.Step;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link SharedJournal}.
 */
class SharedJournalTests extends SharedJournalTest {

	@Test
	void onlyTheReplicaWithTheTurnCommitsAndAllReadTheSame() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		second.follow();
		assertThat(first.journal.hasTurn()).isTrue();
		assertThat(second.journal.hasTurn()).isFalse();
		add(12);
		first.poll();
		assertThatThrownBy(second::poll).isInstanceOf(JournalException.class);
		second.follow();
		assertThat(first.trades()).isEqualTo(pages.trades());
		assertThat(second.trades()).isEqualTo(pages.trades());
		assertThat(second.journal.checkpoint()).isEqualTo(first.journal.checkpoint());
	}

	@Test
	void turnThatIsReleasedIsTakenByTheNextReplica() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		first.journal.release().block();
		second.follow();
		assertThat(first.journal.hasTurn()).isFalse();
		assertThat(second.journal.hasTurn()).isTrue();
	}

	@Test
	void commitThatIsSentAgainCountsOnce() {
		Replica first = replica();
		first.follow();
		add(3);
		Checkpoint before = first.checkpoint();
		JournalScripts scripts = first.scripts;
		long version = version();
		scripts.commit(version, Pages.begin(before, clock.instant())).block();
		Checkpoint walking = Pages.begin(before, clock.instant()).next();
		Mono<Integer> commit = scripts.commit(version + 1, pages.next(walking, clock.instant()));
		assertThat(commit.block()).isEqualTo(3);
		assertThat(commit.block()).isEqualTo(3);
		first.follow();
		assertThat(first.trades()).isEqualTo(pages.trades());
		assertThat(REDIS.number("XLEN", key("events"))).isEqualTo(3);
	}

	@Test
	void commitAfterAnotherBeginningIsRefused() {
		Replica first = replica();
		first.follow();
		Checkpoint walking = Pages.begin(first.checkpoint(), clock.instant()).next();
		long version = version();
		first.scripts.commit(version, Pages.begin(first.checkpoint(), clock.instant())).block();
		Replica second = replica();
		second.scripts
			.begin(version + 1, Pages.begin(START), new StreamEvent.Pause(0, new FillId(START.toEpochMilli(), 0)))
			.block();
		assertThat(version()).isEqualTo(version + 2);
		add(3);
		Mono<Integer> page = first.scripts.commit(version + 1, pages.next(walking, clock.instant()));
		assertThatThrownBy(page::block).isInstanceOf(JournalException.class);
	}

	@Test
	void commitThatIsSentAgainAfterAnotherBeginningIsRefused() {
		Replica first = replica();
		first.follow();
		long version = version();
		Mono<Integer> commit = first.scripts.commit(version, Pages.begin(first.checkpoint(), clock.instant()));
		commit.block();
		replica().scripts
			.begin(version + 1, Pages.begin(START), new StreamEvent.Pause(0, new FillId(START.toEpochMilli(), 0)))
			.block();
		assertThatThrownBy(commit::block).isInstanceOf(JournalException.class);
	}

	@Test
	void commitAfterAnotherThatWasStoredUnnoticedIsRefused() {
		Replica first = replica();
		first.follow();
		long version = version();
		Checkpoint before = first.checkpoint();
		first.scripts.commit(version, Pages.begin(before, clock.instant())).block();
		add(3);
		Step other = pages.next(Pages.begin(before, clock.instant()).next(), clock.instant());
		assertThatThrownBy(() -> first.scripts.commit(version, other).block()).isInstanceOf(JournalException.class);
	}

	@Test
	void replicaInTheMiddleOfALongPollIsNotPaused() {
		Replica first = replica();
		first.follow();
		clock.advance(Duration.ofMinutes(90));
		add(12);
		first.page();
		Replica second = replica();
		second.journal.follow(new Beginning(Pages.begin(clock.instant()), clock.instant())).block();
		assertThat(second.checkpoint().walk()).isNotNull();
		assertThat(second.trades()).isEqualTo(pages.trades().subList(0, 5));
	}

	@Test
	void nextReplicaGoesOnInTheMiddleOfAPoll() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		add(12);
		first.page();
		delete("turn");
		second.follow();
		assertThat(second.journal.hasTurn()).isTrue();
		assertThat(Objects.requireNonNull(second.checkpoint().walk()).cursor()).isNotNull();
		second.page();
		second.page();
		first.follow();
		assertThat(second.trades()).isEqualTo(pages.trades());
		assertThat(first.trades()).isEqualTo(pages.trades());
	}

	@Test
	void journalIsBoundedAndKnowsSinceWhenItIsComplete() {
		Replica first = replica(5_000);
		first.follow();
		for (int round = 0; round < 10; round++) {
			add(5);
			clock.advance(Duration.ofSeconds(30));
			first.poll();
		}
		long kept = REDIS.number("XLEN", key("events"));
		assertThat(kept).isBetween(5L, 10L);
		List<Long> trades = pages.trades();
		assertThat(REDIS.text("HGET", key("head"), "floor"))
			.matches("[0-9]+-%d[AB]".formatted(trades.get(trades.size() - (int) kept - 1)));
		assertThat(REDIS.number("ZCARD", key("trades"))).isLessThanOrEqualTo(10);
		assertThat(REDIS.number("PTTL", key("events"))).isPositive();
		Replica late = replica(5_000);
		late.follow();
		assertThat(late.trades()).isEqualTo(trades.subList(trades.size() - (int) kept, trades.size()));
	}

	@Test
	void lostJournalBeginsAgainWithTheEarliestCheckpointAndLosesNothing() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		second.follow();
		add(7);
		first.poll();
		second.follow();
		pollTwice(first);
		delete("turn", "head", "events", "trades");
		Replica fresh = replica();
		fresh.follow();
		first.follow();
		second.follow();
		fresh.journal.release().block();
		first.follow();
		add(4);
		first.poll();
		second.follow();
		assertThat(first.trades()).containsExactlyInAnyOrderElementsOf(pages.trades());
		assertThat(second.trades()).containsExactlyInAnyOrderElementsOf(pages.trades());
		assertThat(second.events()).noneMatch(StreamEvent.Pause.class::isInstance);
	}

	@Test
	void replicaThatComesTooLateForALostJournalHasAGap() {
		Replica first = replica();
		Replica second = replica();
		first.follow();
		second.follow();
		add(7);
		first.poll();
		second.follow();
		pollTwice(first);
		delete("turn", "head", "events", "trades");
		first.follow();
		first.follow();
		clock.advance(Duration.ofSeconds(40));
		add(1);
		first.poll();
		second.follow();
		assertThat(first.trades()).isEqualTo(pages.trades());
		assertThat(second.events()).filteredOn(StreamEvent.Pause.class::isInstance).hasSize(1);
		assertThat(second.trades()).hasSizeLessThan(pages.trades().size()).doesNotHaveDuplicates();
	}

	private void pollTwice(Replica replica) {
		for (int round = 0; round < 2; round++) {
			clock.advance(Duration.ofSeconds(40));
			add(5);
			replica.poll();
		}
	}

}
