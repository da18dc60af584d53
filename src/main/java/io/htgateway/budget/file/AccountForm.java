package io.htgateway.budget.file;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.htgateway.budget.account.Account;
import io.htgateway.budget.account.Balance;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Usage;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdConvertingSerializer;
import tools.jackson.databind.util.StdConverter;

/**
 * Account as a file has it: each team is named once.
 *
 * @param teams usage by team and endpoint
 * @param periods balances by the start of their period
 */
record AccountForm(Map<String, Map<String, Usage>> teams, Map<Instant, Balance> periods) {

	private static AccountForm of(Account account) {
		Map<String, Map<String, Usage>> teams = new TreeMap<>();
		account.lines()
			.forEach((line, usage) -> teams.computeIfAbsent(line.team(), (added) -> new TreeMap<>())
				.put(line.endpoint(), usage));
		return new AccountForm(teams, account.periods());
	}

	private Account account() {
		Map<Line, Usage> lines = new HashMap<>();
		teams.forEach((team, endpoints) -> endpoints
			.forEach((endpoint, usage) -> lines.put(new Line(team, endpoint), usage)));
		return new Account(lines, periods);
	}

	/**
	 * Returns a module that reads and writes accounts in this form.
	 */
	static JacksonModule module() {
		return new SimpleModule().addSerializer(Account.class, new StdConvertingSerializer(Account.class, new Writer()))
			.addDeserializer(Account.class, new StdConvertingDeserializer<>(new Reader()));
	}

	private static final class Writer extends StdConverter<Account, AccountForm> {

		@Override
		public AccountForm convert(Account account) {
			return of(account);
		}

	}

	private static final class Reader extends StdConverter<AccountForm, Account> {

		@Override
		public Account convert(AccountForm form) {
			return form.account();
		}

	}

}
