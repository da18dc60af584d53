package io.htgateway.ops.account;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of statements as CSV.
 */
class AccountCsvTests {

	@Test
	void cellsAreQuotedAndNoFormulas() {
		AccountReport report = new AccountReport("2026-11", 6, 0, 0, 0,
				List.of(line("payments", "risk"), line("=1+1", "a,b"), line("-x", "say \"hi\""), line("(assumed)", "")),
				List.of());

		assertThat(AccountCsv.of(report)).isEqualTo("""
				month,team,endpoint,calls,requests,hits,bytes
				2026-11,payments,risk,1,2,3,4
				2026-11,'=1+1,"a,b",1,2,3,4
				2026-11,'-x,"say ""hi""\",1,2,3,4
				2026-11,(assumed),,1,2,3,4
				""".replace("\n", "\r\n"));
	}

	private static AccountReport.Line line(String team, String endpoint) {
		return new AccountReport.Line(team, endpoint, 1, 2, 3, 4);
	}

}
