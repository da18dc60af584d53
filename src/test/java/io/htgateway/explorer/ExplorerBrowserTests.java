package io.htgateway.explorer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests, costs and texts of the explorer in Chromium.
 */
@ExplorerTest
class ExplorerBrowserTests extends ExplorerBrowserTest {

	@Test
	void pageLoadCostsFewRequestsAndNoCallWhenWarm() {
		data.warm();
		int calls = data.calls();
		page.signIn(TOKEN);

		for (String view : List.of("", "#/heatmap/BTC", "#/heatmap/BTC?mode=time", "#/risk",
				"#/risk?cohort=16&group=all", "#/liquidations", "#/status")) {
			chromium.requests();
			page.open(view);

			assertThat(requestsForData()).as(view).hasSizeBetween(1, MAX_REQUESTS);
		}
		assertThat(data.calls()).isEqualTo(calls);
	}

	@Test
	void costIsSaidBeforeTheClickAndPaidByIt() {
		page.signIn(TOKEN);
		page.open("#/heatmap/ETH");

		assertThat(page.text(".cost")).contains("has not cached the heatmap of ETH", "costs one call of the plan",
				"Load: 1 call");
		assertThat(data.calls()).isZero();

		page.press("Load: 1 call");
		page.await("no heatmap", () -> page.exists(".chart canvas"));
		assertThat(data.upstream().calls(Endpoint.HEATMAP)).isOne();
		assertThat(page.text("#announcer")).startsWith("Loaded for 1 call of the plan");
		assertThat(page.text(".cost")).contains("A refresh costs no call now", "Refresh: no call");

		page.press("Refresh: no call");
		page.await("no answer", () -> page.text("#announcer").startsWith("Answered without a call"));
		assertThat(data.upstream().calls(Endpoint.HEATMAP)).isOne();
	}

	@Test
	void staleHeatmapSaysItsAgeAndIsReplacedForOneCall() {
		data.heatmap("BTC");
		data.clock().advance(Duration.ofMinutes(12));
		page.signIn(TOKEN);
		page.open("#/heatmap/BTC");
		assertThat(page.text(".cost")).containsPattern("12 min (old|ago)")
			.contains("A refresh costs one call", "Refresh: 1 call");
		assertThat(data.upstream().calls(Endpoint.HEATMAP)).isOne();

		page.press("Refresh: 1 call");

		page.await("no newer heatmap", () -> page.text(".cost").matches("(?s).*\\b[0-9] s (old|ago).*"));
		assertThat(data.upstream().calls(Endpoint.HEATMAP)).isEqualTo(2);
	}

	@Test
	void pageAnswersTheQuestionsOfATrader() {
		data.warm();
		page.signIn(TOKEN);
		page.open("#/heatmap/BTC");

		assertThat(page.text(".statement"))
			.containsPattern(
					"largest cluster of BTC is \\$[0-9.]+M at \\$[0-9,.]+ – \\$[0-9,.]+, (mostly|most often) of [A-Z]")
			.contains("The lowest bin, $0 – $467.97, holds $71.5M in 3,980 positions (Leviathan)");
		assertThat(page.text(".cost")).containsPattern("old|ago").contains("costs no call now");
		assertThat(page.text("main")).contains("Out of range:");

		page.open("#/risk?coin=ETH");
		assertThat(page.text(".statement"))
			.contains("ETH: 3 of 16 cohorts are loaded", "Of these, it is ", "From 3 of 16 cohorts")
			.doesNotContainPattern("[A-Z][a-z]+ is in most danger");
		assertThat(page.text(".matrix")).contains("?");
		assertThat(page.text("main")).contains("A question mark: the cohort is not loaded");
		chromium.requests();
		int calls = data.calls();
		page.press("Show all 16: no call");
		page.await("not all cohorts", () -> page.text(".statement").contains("From all 16 cohorts"));
		assertThat(requestsForData()).hasSize(13);
		assertThat(data.calls()).isEqualTo(calls);
		assertThat(page.text(".statement"))
			.containsPattern("ETH: [A-Z][A-Za-z -]+ is in most danger. [0-9.]+ % of its open interest")
			.contains("From all 16 cohorts");
		assertThat(page.text(".ranking")).contains("Shrimp", "Giga-Rekt");
		assertThat(page.script("return document.querySelectorAll('.matrix tbody tr').length")).isEqualTo(20L);
	}

	@Test
	void cohortsThatAreNotCachedAreOfferedWithTheirPrice() {
		data.cohorts(1, 9);
		page.signIn(TOKEN);
		page.open("#/risk?coin=ETH");
		assertThat(page.text(".cost")).contains("3 of 16 cohorts are shown",
				"Showing the others costs 13 requests, and no call of the plan");
		page.press("Show all 16: no call");
		page.await("not looked for", () -> page.text(".cost").contains("7 cohorts not cached"));

		assertThat(page.text(".cost")).contains("7 cohorts not cached", "Loading them costs 7 calls",
				"Load 7: 7 calls");
		assertThat(page.text(".statement")).contains("From 9 of 16 cohorts, those that are cached");
		assertThat(data.upstream().calls(Endpoint.RISK)).isEqualTo(9);

		page.press("Load 7: 7 calls");
		page.await("not all cohorts", () -> page.text(".statement").contains("From all 16 cohorts"));
		assertThat(data.upstream().calls(Endpoint.RISK)).isEqualTo(16);
	}

	@Test
	void failureShowsWhatTheGatewaySays() {
		data.upstream()
			.answer(Endpoint.HEATMAP,
					WireMock.aResponse().withStatus(404).withBody("{\"message\":\"Coin not found\"}"));
		page.signIn(TOKEN);
		page.open("#/heatmap/NOPE");

		page.press("Load: 1 call");

		page.await("no failure", () -> page.text("main .notice").contains("Coin not found"));
		assertThat(page.text("main")).doesNotContain("Load: 1 call", "Load it once", "Try again");
		assertThat(page.exists("input[name=coin]")).isTrue();
	}

	@Test
	void invalidCoinSaysItsRulesAndKeepsTheBox() {
		data.warm();
		page.signIn(TOKEN);
		page.open("#/heatmap/" + "A".repeat(200));

		assertThat(page.text("main .notice li")).startsWith("coin must ");
		assertThat(page.text("main")).doesNotContain("Try again", "1 call");
		page.find("input[name=coin]").clear();
		page.find("input[name=coin]").sendKeys("BTC", Keys.ENTER);
		page.await("no heatmap", () -> page.text("main").contains("largest cluster of BTC"));

		page.open("#/liquidations?of=" + "A".repeat(200));
		assertThat(page.text("main .notice li")).startsWith("coin must ");
		assertThat(page.text("main")).doesNotContain("Try again", "1 call");
		page.press("Fills of all coins");
		page.await("no fills", () -> page.exists("main table"));
	}

	@Test
	void refreshThatIsLeftIsShownLater() {
		data.warm();
		data.clock().advance(Duration.ofMinutes(25));
		page.signIn(TOKEN);
		page.open("#/risk?coin=ETH&cohorts=all");
		page.await("not all cohorts", () -> page.text(".cost").contains("Refresh stale 16: 16 calls"));

		page.press("Refresh stale 16: 16 calls");
		page.press("Status");
		page.await("no status", () -> page.text("h1").equals("Status"));
		page.press("Risk");

		page.await("not refreshed", () -> page.text(".cost").contains("All 16 cohorts are cached and fresh"));
		assertThat(data.upstream().calls(Endpoint.RISK)).isEqualTo(32);
	}

	@Test
	void filtersOfFillsCostNothing() {
		data.warm();
		page.signIn(TOKEN);
		page.open("#/liquidations?coin=ETH&side=A&min=10000");
		int calls = data.calls();

		List<?> rows = (List<?>) page
			.script("return [...document.querySelectorAll('table')].at(-1).querySelectorAll('tbody tr').values()"
					+ ".map((row) => row.children[1].textContent + ' ' + row.children[2].textContent).toArray()");
		assertThat(rows).isNotEmpty().allMatch((row) -> row.equals("ETH Long, sold"));
		assertThat(page.text(".statement"))
			.containsPattern("ETH: \\$[0-9.]+[kM]? of longs of \\$10k or more liquidated within ")
			.doesNotContain("shorts");
		assertThat(data.calls()).isEqualTo(calls);
	}

	@Test
	void dataAndPictureCanBeSaved(@TempDir Path folder) throws IOException {
		data.warm();
		chromium.driver()
			.executeCdpCommand("Browser.setDownloadBehavior",
					Map.of("behavior", "allow", "downloadPath", folder.toString()));
		page.signIn(TOKEN);
		page.open("#/heatmap/BTC");

		page.press("CSV");
		page.press("PNG");

		page.await("no files", () -> saved(folder).size() == 2 && saved(folder).getLast().endsWith(".png"));
		assertThat(saved(folder).getFirst()).matches("heatmap-BTC-[0-9]+-of-[0-9]+-bins.csv");
		assertThat(Files.readString(folder.resolve(saved(folder).getFirst())))
			.startsWith("priceBinIndex,priceBinStart,")
			.contains(",stateTime,fetched\r\n")
			.containsPattern("\r\n205,.*,2026-[0-9T:.-]+Z\r\n");
		assertThat(new String(Files.readAllBytes(folder.resolve(saved(folder).getLast())), StandardCharsets.ISO_8859_1))
			.startsWith("\u0089PNG");
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void savedFilesSayWhenTheirDataIsFrom(@TempDir Path folder) throws IOException {
		Instant loaded = data.clock().instant();
		data.warm();
		chromium.driver()
			.executeCdpCommand("Browser.setDownloadBehavior",
					Map.of("behavior", "allow", "downloadPath", folder.toString()));
		page.signIn(TOKEN);

		page.open("#/liquidations?per=3600");
		List<String> sums = savedRows(folder, "Value liquidated per hour", "liquidations-per-hour.csv");
		List<String> fills = savedRows(folder, "Fills", "liquidations.csv");
		data.clock().advance(Duration.ofMinutes(3));
		page.open("#/risk");
		List<String> matrix = savedRows(folder, "Coins by cohort", "risk-matrix.csv");

		assertThat(matrix.getFirst()).startsWith("coin,").contains(",Leviathan stateTime,Leviathan fetched");
		assertThat(matrix).filteredOn((row) -> row.contains("not loaded")).isNotEmpty();
		List<String> columns = List.of(matrix.getFirst().split(",", -1));
		for (String row : matrix.subList(1, matrix.size())) {
			List<String> cells = List.of(row.split(",", -1));
			assertThat(cells).hasSameSizeAs(columns);
			for (int column = 0; column < columns.size(); column++) {
				if (columns.get(column).endsWith(" fetched")) {
					boolean isLoaded = !cells.get(columns.indexOf(columns.get(column).replace(" fetched", "")))
						.equals("not loaded");
					assertThat(isLoaded ? isAt(cells.get(column), loaded) : cells.get(column).isEmpty()).as(row)
						.isTrue();
				}
			}
		}
		for (List<String> rows : List.of(sums, fills)) {
			assertThat(rows.getFirst()).endsWith(",fetched");
			assertThat(rows.subList(1, rows.size())).isNotEmpty()
				.allMatch((row) -> isAt(row.substring(row.lastIndexOf(',') + 1), loaded));
		}
	}

	private List<String> savedRows(Path folder, String card, String name) throws IOException {
		page.script("[...document.querySelectorAll('.card')].find((each) => each.querySelector('h2')?.textContent === "
				+ "arguments[0]).querySelectorAll('.actions button').forEach((each) => each.textContent === 'CSV' && "
				+ "each.click())", card);
		page.await("no file", () -> saved(folder).contains(name));
		return Files.readAllLines(folder.resolve(name));
	}

	private static boolean isAt(String time, Instant expected) {
		return Duration.between(expected, Instant.parse(time)).abs().compareTo(Duration.ofSeconds(10)) < 0;
	}

	@Test
	void numbersAndTextsForPeople() {
		page.signIn(TOKEN);

		assertThat(page.evaluate("formats.js", "[1234567, 71527563.3, 840, -3400, 0, 0.5].map(module.money).join(' ')"))
			.isEqualTo("$1.23M $71.5M $840 -$3.40k $0 $0.50");
		assertThat(page.evaluate("formats.js", "[98274.1, 38.1234, 0.0000412].map(module.price).join(' ')"))
			.isEqualTo("$98,274 $38.123 $0.0000412");
		assertThat(page.evaluate("formats.js", "[42, 180, 7200, 172800].map(module.duration).join(', ')"))
			.isEqualTo("42 s, 3 min, 2 h, 2 days");
		assertThat(page.evaluate("actions.js",
				"JSON.stringify(module.csvText([['a,b', '=1+1', -2, 'x\"y']]).split('\\r\\n'))"))
			.isEqualTo("[\"\\\"a,b\\\",'=1+1,-2,\\\"x\\\"\\\"y\\\"\",\"\"]");
	}

}
