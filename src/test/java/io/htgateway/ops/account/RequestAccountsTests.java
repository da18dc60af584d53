package io.htgateway.ops.account;

import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.TeamUsage;
import io.htgateway.budget.account.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Additions of requests whose confirmations are late, or do not arrive.
 */
class RequestAccountsTests {

	private static final Line LINE = new Line("payments", "risk");

	private final Map<Line, Usage> totals = new HashMap<>();

	private final HeldAccounts accounts = new HeldAccounts();

	private final RequestAccounts requests = new RequestAccounts(() -> Map.copyOf(totals), accounts);

	@Test
	void additionWithoutConfirmationIsRepeatedUnchanged() {
		total(5);
		requests.add().subscribe();
		accounts.fail(0);
		total(7);

		requests.add().subscribe();
		accounts.confirm(1);
		requests.add().subscribe();

		assertThat(accounts.sent).containsExactly("1: 5", "1: 5", "2: 2");
	}

	@Test
	void lateConfirmationConfirmsNoLaterAddition() {
		total(5);
		requests.add().subscribe();
		requests.add().subscribe();
		accounts.confirm(0);
		total(7);
		requests.add().subscribe();
		accounts.confirm(1);
		accounts.fail(2);

		requests.add().subscribe();

		assertThat(accounts.sent).containsExactly("1: 5", "1: 5", "2: 2", "2: 2");
	}

	@ParameterizedTest
	@CsvSource({ "500, 1", "1000, 2", "1001, 3" })
	void fullBatchesAreFollowedByTheRestAndEnd(int lines, int additions) {
		IntStream.range(0, lines).forEach((line) -> totals.put(new Line("team" + line, "risk"), new Usage(0, 1, 0, 0)));
		accounts.confirms = true;

		requests.add().block(Duration.ofSeconds(10));

		assertThat(accounts.sent).hasSize(lines);
		assertThat(accounts.replies).hasSize(additions);
	}

	private void total(long requests) {
		totals.put(LINE, new Usage(0, requests, 0, 0));
	}

	private static final class HeldAccounts implements Accounts {

		private final List<String> sent = new ArrayList<>();

		private final List<Sinks.Empty<Void>> replies = new ArrayList<>();

		private boolean confirms;

		@Override
		public YearMonth month() {
			return YearMonth.of(2026, 11);
		}

		@Override
		public Mono<Statement> statement(YearMonth month) {
			return Mono.never();
		}

		@Override
		public Mono<TeamUsage> ofTeam(String team, Collection<String> endpoints) {
			return Mono.never();
		}

		@Override
		public Mono<Void> add(long number, Map<Line, Usage> usage) {
			usage.forEach((line, more) -> sent.add(number + ": " + more.requests()));
			Sinks.Empty<Void> reply = Sinks.empty();
			replies.add(reply);
			if (confirms) {
				confirm(replies.size() - 1);
			}
			return reply.asMono();
		}

		private void confirm(int call) {
			replies.get(call).emitEmpty(Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
		}

		private void fail(int call) {
			replies.get(call)
				.emitError(new IllegalStateException("no reply"),
						Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
		}

	}

}
