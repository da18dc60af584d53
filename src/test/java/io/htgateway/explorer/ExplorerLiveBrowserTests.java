package io.htgateway.explorer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the explorer shows of liquidations as they happen.
 */
class ExplorerLiveBrowserTests extends ExplorerLiveBrowserTest {

	// Fills are published up to so much later than they happen.
	private static final Duration LATE = Duration.ofSeconds(10);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.UK)
		.withZone(ZoneOffset.UTC);

	@Test
	void fillsAppearWhenTheyHappen() {
		goLive(VIEW);
		chromium.requests();
		int calls = data.calls();

		liquidate(30);

		awaitAll();
		int first = shown().size();
		assertThat(page.text(".statement")).contains("All coins: $", first + " fills");
		assertThat(page.text("#live-state")).contains(first + " fills received",
				"One poll of HyperTracker every 60 s for all who listen");
		page.await("not announced", () -> page.text("#announcer").matches("(?s)[0-9]+ new fills?: \\$.*"));
		assertThat(page.find("#announcer").getDomAttribute("aria-live")).isEqualTo("polite");
		liquidate(20);
		awaitAll();
		assertThat(shown()).hasSizeGreaterThan(first + 19);
		assertThat(requestsForData()).isEmpty();
		assertThat(data.calls() - calls).isEqualTo(2);
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void fillsContinueThoseThatAreLoaded() {
		loadNewest();
		liquidate(5);

		page.press("Live");
		awaitState("Live since");
		liquidate(5);

		awaitAll();
		assertThat(page.text("main")).doesNotContain("are missing");
		assertThat(chromium.driver().getCurrentUrl()).contains("live=on");
		assertThat(page.find("button[name=live]").getDomAttribute("aria-checked")).isEqualTo("true");
		page.press("Live");
		page.await("still live", () -> !page.exists("#live-state"));
		assertThat(chromium.driver().getCurrentUrl()).doesNotContain("live");
		awaitAll();
	}

	@Test
	void filtersApplyToTheStreamAndLeaveNoHoles() {
		goLive(VIEW + "&coin=BTC&side=A&min=1000");
		assertThat(requestsForData()).last().asString().endsWith("liquidation?coin=BTC&side=A&min-value=1000");

		liquidate(200);

		List<String> some = happened("\"coin\":\"BTC\"", "\"side\":\"A\"");
		page.await("no fills", () -> !shown().isEmpty());
		assertThat(shown()).hasSizeLessThanOrEqualTo(some.size());
		assertThat(some).containsAll(shown());
		page.script("location.hash = arguments[0]", VIEW + "&coin=ETH");
		page.await("no fills of the other coin", () -> shown().equals(happened("\"coin\":\"ETH\"")));
		page.script("location.hash = arguments[0]", VIEW);
		awaitAll();
		liquidate(20);
		awaitAll();
	}

	@Test
	void countBeginsAgainWithAnotherFilter() {
		goLive(VIEW);
		liquidate(30);
		awaitAll();
		assertThat(page.text("#live-state")).doesNotContain(": 0 fills received").contains(", the last at ");

		page.script("location.hash = arguments[0]", VIEW + "&coin=BTC");

		awaitState(": 0 fills received");
		liquidate(200);
		page.await("no fills of the coin", () -> !page.text("#live-state").contains(": 0 fills received"));
		page.press("Live");
		page.await("still live", () -> !page.exists("#live-state"));
		assertThat(page.text("main")).doesNotContain("The explorer failed");
		assertThat(shown()).isEqualTo(happened("\"coin\":\"BTC\""));
		assertThat(page.find("button[name=live]").getDomAttribute("aria-checked")).isEqualTo("false");

		page.press("Live");
		awaitState("Live since");
		assertThat(page.text("#live-state")).contains(": 0 fills received");
		assertThat(page.find("button[name=live]").getDomAttribute("aria-checked")).isEqualTo("true");
		liquidate(200);
		page.await("no fills of the coin", () -> shown().equals(happened("\"coin\":\"BTC\"")));
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void timesOfTheNewestFillAndOfCompleteDataAreSaid() {
		goLive(VIEW);
		liquidate(30);
		awaitAll();
		Instant newest = Instant.parse(happened().getFirst());
		awaitState("Newest fill: " + TIME.format(newest) + " UTC.");
		assertThat(page.text("#live-state")).doesNotContain("Complete");

		page.script("location.hash = arguments[0]", VIEW + "&min=1000000000");
		awaitState(": 0 fills received");
		liquidate(30);
		Instant next = Instant.parse(happened().getFirst());
		liquidate(30);

		page.await("no time of complete data",
				() -> page.text("#live-state")
					.contains("Complete at least until " + TIME.format(next.minus(LATE)) + " UTC.")
						|| page.text("#live-state")
							.contains("Complete at least until "
									+ TIME.format(Instant.parse(happened().getFirst()).minus(LATE)) + " UTC."));
		assertThat(page.text("#live-state")).contains(": 0 fills received").doesNotContain("Newest fill");
	}

	@Test
	void newerFillsCanBeLoadedWhileLive() {
		loadNewest();
		page.press("Live");
		awaitState("Live since");

		assertThat(page.text(".cost")).contains("loading asks HyperTracker now", "Refresh");
	}

	@Test
	void keyboardSwitchesLiveOnAndOff() {
		page.open("#/liquidations");
		WebElement toggle = page.find("button[role=switch]");
		assertThat(toggle.getDomAttribute("aria-checked")).isEqualTo("false");

		page.script("arguments[0].focus()", toggle);
		chromium.driver().switchTo().activeElement().sendKeys(Keys.SPACE);

		awaitState("Live since");
		// A fill can come with the beginning, and is announced first.
		page.await("not announced", () -> page.text("#announcer").contains("Live since"));
		assertThat(page.script("return document.activeElement.getAttribute('role')")).isEqualTo("switch");
		chromium.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
		page.await("still live", () -> !page.exists("#live-state"));
	}

	@ParameterizedTest
	@CsvSource({ "360, light", "360, dark", "768, light", "768, dark", "1440, light", "1440, dark" })
	void viewFitsAndIsAccessible(int width, String theme) {
		page.resize(width, theme);
		loadNewest();
		data.clock().advance(Duration.ofHours(2));
		page.press("Live");
		awaitState("Live since");
		liquidate(40);
		page.await("no new fills", () -> shown().size() > 500);
		page.script("location.hash = '#/liquidations?live=on'");
		page.await("all rows", () -> shown().size() == 50);

		page.screenshot(Path.of("target/explorer/liquidations-live-" + width + "-" + theme + ".png"));

		assertThat(page.text("main")).contains("are missing", "Load them: up to 1 call");
		assertThat(page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
			.isEqualTo(0L);
		assertThat(page.barriers()).isEmpty();
		assertThat(chromium.requests()).isNotEmpty().allMatch(page::isOwn);
	}

}
