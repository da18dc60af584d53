package io.htgateway.shared.budget;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.htgateway.budget.account.Accounts;
import io.htgateway.budget.account.AccountsUnavailableException;
import io.htgateway.budget.account.Book;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.TeamUsage;
import io.htgateway.budget.account.Usage;
import io.htgateway.budget.window.BudgetState;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.SharedStoreUnavailable;
import reactor.core.publisher.Mono;

/**
 * The accounts in Redis, which all replicas share: one hash for each month. The script of
 * the ledger enters calls in them.
 */
final class RedisAccounts implements Accounts {

	private static final Script READ = Script.named("accounts");

	private static final Script ADD = Script.named("account", "usage");

	private static final Script TEAM = Script.named("account", "team");

	private static final String GROUP = "budget";

	private final SharedStore store;

	private final BudgetState state;

	private final List<String> keys;

	private final String replica = UUID.randomUUID().toString();

	RedisAccounts(SharedStore store, BudgetState state) {
		this.store = store;
		this.state = state;
		this.keys = List.of(store.names().of(GROUP, "ledger"), store.names().of(GROUP, "accounts"));
	}

	@Override
	public YearMonth month() {
		return state.month();
	}

	@Override
	public Mono<Statement> statement(YearMonth month) {
		return store.run(READ, keys, arguments(month))
			.onErrorMap(SharedStoreUnavailable.class, AccountsUnavailableException::new)
			.map((reply) -> AccountText.statement(month, new String(reply, StandardCharsets.UTF_8)));
	}

	@Override
	public Mono<TeamUsage> ofTeam(String team, Collection<String> endpoints) {
		List<String> arguments = new ArrayList<>(List.of(state.longestWindow(), month().toString()));
		endpoints.forEach((endpoint) -> arguments.add(new Line(team, endpoint).toString()));
		return store.run(TEAM, keys, bytes(arguments))
			.onErrorMap(SharedStoreUnavailable.class, AccountsUnavailableException::new)
			.map((reply) -> usage(team, endpoints, new String(reply, StandardCharsets.UTF_8)));
	}

	private TeamUsage usage(String team, Collection<String> endpoints, String text) {
		Statement statement = AccountText.statement(month(), text);
		Instant start = state.monthStart();
		Instant since = AccountText.since(text).filter((later) -> later.isAfter(start)).orElse(start);
		return new TeamUsage(since, Usage.ofTeam(team, endpoints, (line) -> statement.lines().get(line)));
	}

	// A replica whose clock is ahead may have begun the next month.
	private byte[][] arguments(YearMonth month) {
		List<String> arguments = new ArrayList<>(List.of(month.toString(), state.longestWindow()));
		YearMonth latest = month().plusMonths(1);
		IntStream.range(0, Book.MAX_MONTHS + 1).forEach((back) -> arguments.add(latest.minusMonths(back).toString()));
		return bytes(arguments);
	}

	private static byte[][] bytes(List<String> arguments) {
		return arguments.stream().map(SharedStore::argument).toArray(byte[][]::new);
	}

	@Override
	public Mono<Void> add(long number, Map<Line, Usage> usage) {
		List<String> arguments = new ArrayList<>(
				List.of(String.valueOf(number), state.longestWindow(), month().toString()));
		usage.forEach((line, more) -> arguments.addAll(List.of(line.toString(), String.valueOf(more.requests()),
				String.valueOf(more.hits()), String.valueOf(more.bytes()))));
		List<String> withReceipt = List.of(keys.getFirst(), keys.getLast(),
				store.names().of(GROUP, "usage:" + replica));
		return store.runIdempotent(ADD, withReceipt, bytes(arguments)).then();
	}

}
