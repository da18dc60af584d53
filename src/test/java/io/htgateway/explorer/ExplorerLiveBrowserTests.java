package io.htgateway.explorer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Liquidations in the explorer as they happen, in Chromium. The gateway polls whenever
 * the clock advances by a minute.
 */
@ExplorerTest
class ExplorerLiveBrowserTests extends ExplorerBrowserTest {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final String VIEW = "#/liquidations?live=on&rows=all";

	private static final Duration LIFETIME = Duration.ofMinutes(15);

	// Fills are published up to so much later than they happen.
	private static final Duration LATE = Duration.ofSeconds(10);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private Instant start = Instant.EPOCH;

	@BeforeEach
	void signIn() {
		page.signIn(TOKEN);
	}

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

	@Test
	void streamThatIsRenewedGoesOnWithoutLossOrRepetition() {
		goLive(VIEW);
		liquidate(30);
		awaitAll();
		chromium.requests();

		data.clock().advance(LIFETIME);

		liquidate(30);
		page.await("no other stream", () -> !requestsForData().isEmpty());
		awaitState("Live since");
		liquidate(30);
		awaitAll();
		assertThat(page.text("main")).doesNotContain("are missing");
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void streamThatIsCutOffGoesOnWithoutLossOrRepetition() {
		try (CuttableLine line = CuttableLine.to(gateway.port())) {
			page = new Explorer(chromium, "http://127.0.0.1:" + line.port() + "/");
			page.signIn(ExplorerTest.Data.TOKEN);
			goLive(VIEW);
			for (int cut = 0; cut < 3; cut++) {
				liquidate(30);
				awaitAll();
				line.cut();
				awaitState("Reconnecting in");
				liquidate(30);
				line.mend();
				awaitState("Live since");
				awaitAll();
			}
			assertThat(page.text("main")).doesNotContain("are missing");
			assertThat(chromium.complaints()).allMatch((text) -> text.contains("net::ERR_"));
		}
	}

	@Test
	void gapIsSaidAndCanBeLoaded() {
		loadNewest();
		data.clock().advance(Duration.ofHours(3));

		page.press("Live");
		awaitState("Live since");

		page.await("no gap", () -> page.text(".gap").contains("are missing"));
		liquidate(5);
		page.press("Load them: up to 1 call");
		page.await("still a gap", () -> !page.text("main").contains("are missing"));
		awaitAll();
	}

	@Test
	void failureOfTheUpstreamIsSaidUntilItEnds() {
		goLive(VIEW);
		data.upstream().answer(Endpoint.FILLS, WireMock.badRequest());
		liquidate(5);
		awaitState("Delayed: HyperTracker fails");

		data.upstream().reset();
		liquidate(5);

		awaitState("One poll of HyperTracker every 60 s");
		awaitAll();
	}

	@Test
	void memoryIsBounded() {
		goLive(VIEW + "&per=60");
		for (int poll = 0; poll < 4; poll++) {
			liquidate(900);
			int count = happened().size();
			awaitState(String.format(Locale.ROOT, "%,d fills received", count));
		}

		page.await("not drawn", () -> shown().size() >= 2_000);
		assertThat(shown()).hasSizeBetween(2_000, 2_200);
		assertThat(shown()).isEqualTo(happened().subList(0, shown().size()));
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

	@Test
	void tokenIsOnlyInTheHeader() {
		goLive(VIEW);

		assertThat(requestsForData()).isNotEmpty().allMatch((url) -> !url.contains(ExplorerTest.Data.TOKEN));
		page.press("Forget token");
		page.await("no question", () -> page.exists("dialog[open]"));
		assertThat(page.exists("#live-state")).isFalse();
	}

	private void goLive(String view) {
		start = data.clock().instant();
		page.open(view);
		awaitState("Live since");
		// A view asks the cache first, and browsers list its 504.
		assertThat(chromium.complaints()).allMatch((text) -> text.contains("504 (Gateway Timeout)"));
	}

	private void awaitState(String text) {
		page.await("no state: " + text, () -> page.text("#live-state").contains(text));
	}

	private void loadNewest() {
		page.open("#/liquidations?rows=all");
		page.press("Load: 1 call");
		page.await("no fills", () -> !shown().isEmpty());
		start = Instant.parse(shown().getLast());
	}

	// In the next minute, so that the next poll finds them.
	private void liquidate(int count) {
		Instant now = data.clock().instant();
		data.upstream().liquidate(count, now.plusSeconds(1), now.plusSeconds(50));
		data.clock().advance(MINUTE);
	}

	// Each fill once, the newest first.
	private void awaitAll() {
		page.await("not all fills", () -> shown().size() >= happened().size());
		assertThat(shown()).isEqualTo(happened());
	}

	private List<String> shown() {
		return ((List<?>) page.script("return [...document.querySelectorAll('main .card:last-child tbody time')]"
				+ ".map((time) => time.dateTime)"))
			.stream()
			.map(String::valueOf)
			.toList();
	}

	private List<String> happened(String... parts) {
		return data.upstream()
			.fills()
			.stream()
			.filter((json) -> List.of(parts).stream().allMatch(json::contains))
			.map((json) -> json.replaceAll(".*\"time\":\"([^\"]*)\".*", "$1"))
			.filter((time) -> !Instant.parse(time).isBefore(start))
			.sorted(Comparator.reverseOrder())
			.toList();
	}

}
