package io.htgateway.explorer;

import java.util.List;
import java.util.Objects;

import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links, commands, keyboard and focus of the explorer in Chromium.
 */
@ExplorerTest
class ExplorerLinksBrowserTests extends ExplorerBrowserTest {

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
		for (int width : List.of(360, 1280)) {
			page.resize(width, "light");
			for (String view : List.of("risk?coin=", "risk?filter=", "liquidations?coin=", "liquidations?live=on&coin=",
					"liquidations?side=", "heatmap/")) {
				page.open("#/" + view + "A".repeat(5_000));
				assertThat(page
					.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
					.as(view + " at " + width)
					.isEqualTo(0L);
			}
		}

		page.open("#/risk?coin=");
		assertThat(page.text(".lead")).startsWith("BTC: ");
		page.open("#/liquidations?coin=");
		assertThat(page.text(".lead")).startsWith("All coins: $");
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

}
