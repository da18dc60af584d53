package io.htgateway.explorer;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test of liquidations in the explorer as they happen, in Chromium. The gateway polls
 * whenever the clock advances by a minute.
 */
@ExplorerTest
abstract class ExplorerLiveBrowserTest extends ExplorerBrowserTest {

	static final String VIEW = "#/liquidations?live=on&rows=all";

	private static final Duration MINUTE = Duration.ofMinutes(1);

	Instant start = Instant.EPOCH;

	@BeforeEach
	void signIn() {
		page.signIn(TOKEN);
	}

	void goLive(String view) {
		start = data.clock().instant();
		page.open(view);
		awaitState("Live since");
		// A view asks the cache first, and browsers list its 504.
		assertThat(chromium.complaints()).allMatch((text) -> text.contains("504 (Gateway Timeout)"));
	}

	void awaitState(String text) {
		page.await("no state: " + text, () -> page.text("#live-state").contains(text));
	}

	void loadNewest() {
		page.open("#/liquidations?rows=all");
		page.press("Load: 1 call");
		page.await("no fills", () -> !shown().isEmpty());
		start = Instant.parse(shown().getLast());
	}

	// In the next minute, so that the next poll finds them.
	void liquidate(int count) {
		Instant now = data.clock().instant();
		data.upstream().liquidate(count, now.plusSeconds(1), now.plusSeconds(50));
		data.clock().advance(MINUTE);
	}

	// Each fill once, the newest first.
	void awaitAll() {
		page.await("not all fills", () -> shown().size() >= happened().size());
		assertThat(shown()).isEqualTo(happened());
	}

	List<String> shown() {
		return ((List<?>) page.script("return [...document.querySelectorAll('main .card:last-child tbody time')]"
				+ ".map((time) => time.dateTime)"))
			.stream()
			.map(String::valueOf)
			.toList();
	}

	List<String> happened(String... parts) {
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
