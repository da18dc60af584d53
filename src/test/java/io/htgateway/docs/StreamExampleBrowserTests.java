package io.htgateway.docs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.browser.Chromium;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the example of <code>EventSource</code> in <code>docs/api.md</code>, with only its
 * port changed, in a page of the gateway in Chromium.
 */
@Tag("browser")
@GatewayTest
@TestPropertySource(properties = "gateway.stream.enabled=true")
class StreamExampleBrowserTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration LIFETIME = Duration.ofMinutes(15);

	private static final Pattern TRADE = Pattern.compile("tid\\\\*\":([0-9]+)");

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private MeterRegistry meters;

	@Test
	void eventSourceReceivesEachFillOnceAlsoWhenStreamsEnd() {
		String address = "127.0.0.1:" + gateway.port();
		// The page shows it, so that the console has nothing else.
		assertThat(gateway.get("/api/external/exports/coins/BTC/liquidation-heatmap").status()).isEqualTo(200);
		Instant start = clock.instant();
		List<String> console = new ArrayList<>();
		try (Chromium chromium = Chromium.start()) {
			chromium.driver().get("http://" + address + "/");
			chromium.driver()
				.executeScript(StreamExamplesTests.example("js").text().replace("localhost:8080", address));
			Awaitility.await().until(() -> meters.get("gateway.stream.listeners").gauge().value() == 1);
			liquidate();
			Awaitility.await().until(() -> read(chromium, console));
			for (int stream = 0; stream < 2; stream++) {
				clock.advance(LIFETIME);
				liquidate();
			}

			List<String> fills = StreamExamplesTests.largeFills(upstream, start);
			List<String> trades = fills.stream().map(StreamExampleBrowserTests::trade).toList();
			Awaitility.await().atMost(MINUTE).untilAsserted(() -> {
				read(chromium, console);
				assertThat(console).isEqualTo(trades);
			});
		}
	}

	private static boolean read(Chromium chromium, List<String> console) {
		chromium.driver()
			.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.map(LogEntry::getMessage)
			.map(StreamExampleBrowserTests::trade)
			.forEach(console::add);
		return !console.isEmpty();
	}

	private void liquidate() {
		Instant now = clock.instant();
		upstream.liquidate(40, now.plusSeconds(1), now.plusSeconds(50));
		clock.advance(MINUTE);
	}

	private static String trade(String text) {
		return TRADE.matcher(text).results().map((result) -> result.group(1)).findFirst().orElse(text);
	}

}
