package io.htgateway.explorer;

import java.time.Duration;
import java.util.Locale;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how the explorer follows a stream that ends, fails or has a gap.
 */
class ExplorerStreamBrowserTests extends ExplorerLiveBrowserTest {

	private static final Duration LIFETIME = Duration.ofMinutes(15);

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

	@Test
	void tokenIsOnlyInTheHeader() {
		goLive(VIEW);

		assertThat(requestsForData()).isNotEmpty().allMatch((url) -> !url.contains(ExplorerTest.Data.TOKEN));
		page.press("Forget token");
		page.await("no question", () -> page.exists("dialog[open]"));
		assertThat(page.exists("#live-state")).isFalse();
	}

}
