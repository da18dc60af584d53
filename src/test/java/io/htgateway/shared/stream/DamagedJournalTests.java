package io.htgateway.shared.stream;

import java.util.List;

import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.poll.JournalException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link SharedJournal} with data in Redis that is damaged or of another
 * version.
 */
class DamagedJournalTests extends SharedJournalTest {

	@Test
	void keysWithOtherDataAreReplaced() {
		REDIS.command("SET", key("head"), "x");
		REDIS.command("SET", key("events"), "x");
		REDIS.command("SET", key("trades"), "x");
		REDIS.command("LPUSH", key("turn"), "x");
		Replica first = replica();
		first.follow();
		first.follow();
		add(7);
		first.poll();
		assertThat(first.trades()).isEqualTo(pages.trades());
	}

	@Test
	void unreadableCheckpointIsReplaced() {
		Replica first = replica();
		first.follow();
		REDIS.command("HSET", key("head"), "checkpoint", "{\"lastTime\":5}");
		Replica second = replica();
		first.journal.release().block();
		second.follow();
		second.follow();
		add(7);
		second.poll();
		assertThat(second.trades()).isEqualTo(pages.trades());
	}

	@Test
	void unreadableEventIsAGapAndTheOthersAreRead() {
		Replica first = replica();
		first.follow();
		add(3);
		first.poll();
		REDIS.command("XADD", key("events"), "*", "e", "F{\"time\":", "p", "");
		REDIS.command("HINCRBY", key("head"), "events", "1");
		add(3);
		first.poll();
		Replica second = replica();
		second.follow();
		assertThat(second.trades()).isEqualTo(pages.trades());
		assertThat(second.events()).filteredOn(StreamEvent.Gap.class::isInstance).hasSize(1);
		assertThat(first.trades()).isEqualTo(pages.trades());
	}

	@Test
	void unreadableHeadIsAFailureOfTheJournal() {
		replica().follow();
		REDIS.command("HSET", key("head"), "version", "1.5");
		assertThatThrownBy(() -> replica().follow()).isInstanceOf(JournalException.class)
			.hasMessage("the journal is unreadable");
	}

	@Test
	void journalOfALaterVersionIsLeftAlone() {
		Replica first = replica();
		first.follow();
		REDIS.command("HSET", key("head"), "format", "2", "checkpoint", "{}");
		Replica second = replica();
		for (Replica old : List.of(first, second, first)) {
			assertThatThrownBy(old::follow).isInstanceOf(JournalException.class)
				.hasMessage("the journal is that of a later version");
		}
		assertThatThrownBy(first::page).isInstanceOf(JournalException.class);
		assertThat(REDIS.text("HGET", key("head"), "checkpoint")).isEqualTo("{}");
		assertThat(REDIS.number("EXISTS", key("turn"))).isZero();
	}

	@Test
	void journalOfALaterVersionIsReplacedWhenNobodyUsesIt() {
		replica().follow();
		REDIS.command("HSET", key("head"), "format", "2", "checkpoint", "{}");
		REDIS.command("PEXPIRE", key("head"), "86000000");
		delete("turn");
		Replica second = replica();
		second.follow();
		add(7);
		second.poll();
		assertThat(second.trades()).isEqualTo(pages.trades());
	}

}
