package io.htgateway.explorer;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests in Chromium the sentences of the explorer about fills: the headline with its
 * filters and times, and the state of the stream.
 */
@ExplorerTest
class ExplorerFillsBrowserTests extends ExplorerBrowserTest {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@BeforeEach
	void signIn() {
		page.signIn(TOKEN);
	}

	@Test
	void headlineNamesTheFilters() {
		data.warm();

		page.open("#/liquidations?side=A");
		assertThat(page.text(".statement")).containsPattern("^All coins: \\$[0-9.]+[kM] of longs liquidated within ")
			.doesNotContain("shorts");
		page.open("#/liquidations?side=B&min=10000");
		assertThat(page.text(".statement"))
			.containsPattern("^All coins: \\$[0-9.]+[kM] of shorts of \\$10k or more liquidated within ")
			.doesNotContain("longs");
		page.open("#/liquidations?min=10000");
		assertThat(page.text(".lead")).matches(
				"All coins: \\$[0-9.]+[kM] of longs and \\$[0-9.]+[kM] of shorts of \\$10k or more liquidated within .*");
	}

	@Test
	void headlineSaysThatNoFillMatches() {
		data.warm();

		page.open("#/liquidations?min=1000000000");

		assertThat(page.text(".lead")).isEqualTo("None of the 500 loaded fills matches the filters.");
		assertThat(page.text("main .notice")).contains("Choose other filters, or load older ones.");
		page.press("Live");
		page.await("not live", () -> page.text("#live-state").contains("Live since"));
		assertThat(page.text(".lead")).matches("None of the 5[0-9]{2} loaded fills matches the filters.");
	}

	@Test
	void filtersOfALiveStreamAreSaidAndRemovedBeforeAFillIsLoaded() {
		page.open("#/liquidations?coin=eth&side=A&min=10000&live=on");
		page.await("not live", () -> page.text("#live-state").contains("Live since"));

		assertThat(page.text("#live-limit")).contains("The stream has only eth, longs of $10k or more.");
		chromium.requests();
		page.press("Follow all liquidations");

		page.await("another stream",
				() -> requestsForData().stream().anyMatch((url) -> url.endsWith("/stream/fills/liquidation")));
		assertThat(page.exists("#live-limit button")).isFalse();
		assertThat(chromium.driver().getCurrentUrl()).endsWith("#/liquidations?live=on");
	}

	@Test
	void holesInTheHistoryAreSaidAndDaysAreTheInterval() {
		Instant now = data.clock().instant();
		data.upstream().liquidate(3, now.minus(Duration.ofDays(200)), now.minus(Duration.ofDays(199)));
		data.warm();
		page.open("#/liquidations");
		assertThat(page.text(".statement")).doesNotContain("No loaded fill is from");
		assertThat(page.text("main")).contains("Value liquidated per hour");

		for (int pages = 0; pages < 20 && !page.text(".lead").contains("without any"); pages++) {
			String loaded = page.text(".statement");
			page.press("Load older: up to 1 call");
			page.await("no older fills", () -> !page.text(".statement").equals(loaded));
		}

		assertThat(page.text(".lead")).matches(".* within [0-9]+ days, [0-9]+ days of it without any loaded fill\\.");
		assertThat(page.text(".statement"))
			.containsPattern("No loaded fill is from between [0-9-]+ [0-9:]+ UTC and [0-9-]+ [0-9:]+ UTC");
		assertThat(page.text("main")).contains("Value liquidated per day");
		assertThat(page.find(".choice [aria-pressed=true]").getText()).isEqualTo("Day");
		assertThat(page.evaluate("fills-model.js",
				"""
						[1, 4, 71, 72, 73].map((hours) => module.interval([{ time: new Date(hours * 3_600_000) }, { time: new Date(0) }]))
						  .join(" ")"""))
			.isEqualTo("600 3600 3600 3600 86400");
	}

	@Test
	void headlineOfLiveFillsSpansTheTimeThatTheyWereWatched() {
		goLive();

		page.script("const now = performance.now.bind(performance); performance.now = () => now() + 300_000;");
		Instant now = data.clock().instant();
		data.upstream().liquidate(20, now.plusSeconds(1), now.plusSeconds(3));
		data.clock().advance(MINUTE);

		page.await("no fills", () -> page.text(".statement").matches("(?s).*\\b2[0-9] fills, .*"));
		assertThat(page.text(".lead")).matches(".* liquidated within [5-6] min\\.");
	}

	@Test
	void statusSaysUntilWhenTheViewWasLive() {
		goLive();

		page.press("Status");

		page.await("no status", () -> page.text("h1").equals("Status"));
		assertThat(page.text("main"))
			.containsPattern("Live from [0-9:]{8} until [0-9:]{8} UTC, with [0-9]+ fills? received by this tab");
	}

	@Test
	void refusedStreamSaysItsErrors() {
		page.open("#/liquidations?live=on&coin=" + "A".repeat(100));

		page.await("not refused", () -> page.text("#live-state").contains("Not live: "));
		assertThat(page.text(".live li")).startsWith("coin must ");
		page.await("not announced", () -> page.text("#announcer").contains("must "));
		page.press("Status");
		page.await("no status", () -> page.text("h1").equals("Status"));
		assertThat(page.text("main")).contains("Switch them on").doesNotContain("Live from");
	}

	@Test
	void announcementOfTheEndIsClearedWhenLiveBeginsAgain() {
		goLive();
		page.press("Live");
		page.await("not announced", () -> page.text("#announcer").endsWith("Live is off."));

		page.press("Live");

		page.await("not live", () -> page.text("#live-state").contains("Live since"));
		assertThat(page.text("#announcer")).doesNotContain("Live is off.");
	}

	@Test
	void riskSaysForHowLongItsCohortsAreFresh() {
		data.warm();

		page.open("#/risk");

		assertThat(page.text(".cost")).containsPattern(
				"A refresh costs no call now: the data is fresh for another [0-9]+ (s|min)( to [0-9]+ (s|min))?, and then costs one call each\\.");
	}

	private void goLive() {
		page.open("#/liquidations?live=on");
		page.await("not live", () -> page.text("#live-state").contains("Live since"));
	}

}
