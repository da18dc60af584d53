package io.htgateway.explorer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.docs.PrefixProxy;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests, costs, texts and stored data of the explorer in Chromium.
 */
@ExplorerTest
class ExplorerBrowserTests {

	private static final String TOKEN = ExplorerTest.Data.TOKEN;

	private static final int MAX_REQUESTS = 3;

	@Autowired
	private ExplorerTest.Data data;

	@Autowired
	private Gateway gateway;

	private Chromium chromium;

	private Explorer page;

	@BeforeEach
	void startBrowser() {
		chromium = Chromium.start();
		page = new Explorer(chromium, "http://127.0.0.1:" + gateway.port() + "/");
		page.resize(1280, "light");
	}

	@AfterEach
	void endBrowser() {
		chromium.close();
	}

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

	@ParameterizedTest
	@ValueSource(strings = { "constructor", "__proto__", "toString", "hasOwnProperty", "nothing" })
	void linkOfNoViewSaysSo(String name) {
		data.warm();
		page.signIn(TOKEN);

		page.open("#/" + name);

		assertThat(page.text("main")).contains("No such view");
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void inheritedNamesInLinksAreNoOptions() {
		data.warm();
		page.signIn(TOKEN);
		for (String view : List.of("risk?order=constructor&cohort=7&sort=toString", "liquidations?side=constructor",
				"heatmap/BTC?mode=time&range=constructor")) {
			page.open("#/" + view);

			assertThat(page.exists("main table")).as(view).isTrue();
			assertThat(chromium.complaints()).as(view).isEmpty();
		}
	}

	@Test
	void skipLinkFocusesTheDataAndKeepsTheView() {
		data.warm();
		page.signIn(TOKEN);
		page.open("#/risk");

		page.script("document.querySelector('.skip').focus()");
		chromium.driver().switchTo().activeElement().sendKeys(Keys.ENTER);

		assertThat(page.script("return document.activeElement.id")).isEqualTo("main");
		page.script("location.hash = '#main'");
		page.await("no focus", () -> chromium.driver().getCurrentUrl().endsWith("#/risk"));
		assertThat(page.text("h1")).contains("Risk of liquidation");
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
	void linkOfTheRiskShowsOthersTheSameCohorts() {
		data.warm();
		page.signIn(TOKEN);
		page.open("#/risk?coin=eth");
		page.press("Show all 16: no call");
		page.await("not all cohorts", () -> page.text(".statement").contains("From all 16 cohorts"));
		String lead = page.text(".lead");
		String link = Objects.requireNonNull(chromium.driver().getCurrentUrl());
		assertThat(link).contains("cohorts=all");
		assertThat(lead).startsWith("ETH: ");
		int calls = data.calls();

		page.open(link.substring(page.root().length()));

		page.await("not all cohorts", () -> page.text(".statement").contains("From all 16 cohorts"));
		assertThat(page.text(".lead")).isEqualTo(lead);
		assertThat(page.text("main")).doesNotContain("A question mark");
		assertThat(data.calls()).isEqualTo(calls);
	}

	@Test
	void longOrEmptyCoinsAndRangesBeyondTheDataFit() {
		data.warm();
		page.signIn(TOKEN);
		for (String view : List.of("risk?coin=")) {
			page.open("#/" + view + "A".repeat(5_000));
			assertThat(
					page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
				.as(view)
				.isEqualTo(0L);
		}

		page.open("#/risk?coin=");
		assertThat(page.text(".lead")).startsWith("BTC: ");
		page.open("#/heatmap/BTC?from=-1e9&to=1e12");
		assertThat(page.text(".range")).startsWith("$0 – ").doesNotContain("1,000,000,000");
	}

	@Test
	void commandsRequestWhatIsShown() {
		data.warm();
		page.signIn(TOKEN);
		page.script(
				"Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => { throw 0; } } })");
		page.script("location.hash = '#/liquidations?coin=eth'");
		page.await("no fills", () -> page.text(".statement").contains("ETH: "));
		page.press("Copy as curl");
		page.await("no command", () -> copied().contains("liquidation?limit=500&coin=ETH"));

		page.press("Risk");
		page.await("no cohorts", () -> page.exists(".ranking"));
		page.press("Copy as curl");
		page.await("not a command for each", () -> copied().lines().count() == 3);
	}

	@Test
	void focusAndCoinStayWhenTheViewChanges() {
		data.record("ETH", 2);
		page.signIn(TOKEN);
		page.open("#/heatmap/ETH");

		page.press("Over time");

		page.await("no history", () -> page.exists("#snapshot"));
		assertThat(page.script("return document.activeElement.textContent")).isEqualTo("Over time");
		assertThat(page.text("main")).contains("; it has none before");
		assertThat(page.find("#nav a:nth-child(2)").getDomAttribute("href")).isEqualTo("#/risk?coin=ETH");
		assertThat(page.find(".foot a").getDomAttribute("rel")).isEqualTo("noopener");
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
		assertThat(page.text(".statement")).contains("ETH:", "$0 of shorts");
		assertThat(data.calls()).isEqualTo(calls);
	}

	@Test
	void sliderShowsEarlierSnapshots() {
		data.record("BTC", 12);
		page.signIn(TOKEN);
		page.open("#/heatmap/BTC?mode=time");
		String newest = page.text(".lead");

		page.find("#snapshot").sendKeys(Keys.HOME);

		page.await("no earlier snapshot", () -> !page.text(".lead").equals(newest));
		assertThat(chromium.driver().getCurrentUrl()).contains("at=2026-");
		assertThat(page.script("return document.activeElement.id")).isEqualTo("snapshot");
	}

	@Test
	void tokenIsStoredForTheSessionOnlyAndNeverInAddresses() {
		data.warm();
		page.signIn(TOKEN);
		page.open("#/heatmap/BTC");

		assertThat(page.script("return JSON.stringify(sessionStorage)")).asString().contains(TOKEN);
		assertThat(page.script("return JSON.stringify(localStorage) + document.cookie")).asString()
			.doesNotContain(TOKEN);
		assertThat(page.evaluate("actions.js", "module.curl('api/external/x')"))
			.isEqualTo("curl --compressed -H \"Authorization: Bearer $TOKEN\" '" + page.root() + "api/external/x'");
		assertThat(page.script("return document.documentElement.outerHTML")).asString().doesNotContain(TOKEN);
		assertThat(chromium.requests()).isNotEmpty().allMatch((url) -> !url.contains(TOKEN)).allMatch(page::isOwn);

		page.press("Forget token");
		assertThat(page.script("return JSON.stringify(sessionStorage)")).isEqualTo("{}");
		page.await("no question", () -> page.exists("dialog[open]"));
		chromium.driver().switchTo().newWindow(WindowType.TAB);
		chromium.driver().get(page.root());
		page.await("no question", () -> page.exists("dialog[open]"));
	}

	@Test
	void unknownTokenIsRefusedInWords() {
		chromium.driver().get(page.root());
		page.await("no question", () -> page.exists("dialog[open]"));
		page.find("dialog input").sendKeys("wrong-token");
		page.press("Use token");

		page.await("no refusal", () -> page.exists("main .notice") && page.text("main").contains("token"));
		assertThat(page.exists("dialog[open]")).isTrue();
	}

	@Test
	void keyboardReachesAndReadsThePicture() {
		data.warm();
		page.signIn(TOKEN);
		page.open("#/heatmap/BTC");
		String range = page.text(".range");

		page.script("document.activeElement.blur()");
		StringBuilder path = new StringBuilder();
		for (int tabs = 0; tabs < 40
				&& !page.script("return document.activeElement.className").equals("chart"); tabs++) {
			chromium.driver().switchTo().activeElement().sendKeys(Keys.TAB);
			path.append(page.script("return document.activeElement.textContent.trim().slice(0, 24)")).append('|');
		}
		assertThat(path.toString()).containsSubsequence("Skip to the data", "Heatmap", "Risk", "Status", "BTC",
				"Refresh", "Linear", "Log");

		chromium.driver().switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
		page.await("not announced", () -> page.text("#announcer").contains("would be liquidated"));
		chromium.driver().switchTo().activeElement().sendKeys("+");
		page.await("not zoomed", () -> !page.text(".range").equals(range));
		assertThat(page.script("return document.activeElement.className")).isEqualTo("chart");
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

	@Test
	void pageWorksBelowAPathPrefix() {
		data.warm();
		try (PrefixProxy proxy = PrefixProxy.start("/apis/hypertracker", gateway.port())) {
			Explorer behind = new Explorer(chromium, proxy.uri("/").toString());
			behind.signIn(TOKEN);
			chromium.requests();
			behind.open("#/heatmap/BTC");

			assertThat(behind.text(".statement")).contains("largest cluster of BTC");
			assertThat(chromium.requests()).isNotEmpty().allMatch(behind::isOwn);
		}
	}

	private List<String> requestsForData() {
		return chromium.requests().stream().filter((url) -> url.contains("/api/")).toList();
	}

	private String copied() {
		return String.valueOf(page.script("return document.querySelector('.command:not([hidden]) textarea').value"));
	}

	private static List<String> saved(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> String.valueOf(file.getFileName())).sorted().toList();
		}
	}

}
