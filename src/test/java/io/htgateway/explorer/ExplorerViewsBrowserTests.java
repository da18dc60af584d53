package io.htgateway.explorer;

import java.nio.file.Path;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every view of the explorer at three sizes, light and dark. The tests write screenshots
 * to <code>target/explorer</code>.
 */
@ExplorerTest
class ExplorerViewsBrowserTests {

	private static final Path SCREENSHOTS = Path.of("target/explorer");

	private static final List<String> VIEWS = List.of("heatmap/BTC", "heatmap/BTC?mode=time", "risk?coin=ETH&cohort=5",
			"liquidations", "status");

	@Autowired
	private ExplorerTest.Data data;

	private Explorer page;

	@BeforeEach
	void startBrowser(@Autowired Gateway gateway) {
		page = new Explorer(Chromium.start(), "http://127.0.0.1:" + gateway.port() + "/");
	}

	@AfterEach
	void endBrowser() {
		page.chromium().close();
	}

	@ParameterizedTest
	@CsvSource({ "360, light", "360, dark", "768, light", "768, dark", "1440, light", "1440, dark" })
	void viewsFitAndAreAccessible(int width, String theme) {
		data.record("BTC", 24);
		data.warm();
		int calls = data.calls();
		page.resize(width, theme);
		page.signIn(ExplorerTest.Data.TOKEN);

		for (String view : VIEWS) {
			page.open("#/" + view);

			page.screenshot(
					SCREENSHOTS.resolve(view.replaceAll("[^a-zA-Z]+", "-") + "-" + width + "-" + theme + ".png"));
			assertThat(
					page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
				.as(view)
				.isEqualTo(0L);
			assertThat(page.exists("main table")).as(view).isTrue();
			assertThat(page.exists("main .notice .primary")).as("failure in " + view).isFalse();
			assertThat(page.barriers()).as(view).isEmpty();
		}
		assertThat(page.chromium().complaints()).as("console").isEmpty();
		assertThat(page.chromium().requests()).hasSizeGreaterThan(20).allMatch(page::isOwn);
		assertThat(data.calls()).isEqualTo(calls);
	}

}
