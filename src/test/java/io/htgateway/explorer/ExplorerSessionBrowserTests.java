package io.htgateway.explorer;

import io.htgateway.docs.PrefixProxy;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Token, stored data and address of the explorer in Chromium.
 */
@ExplorerTest
class ExplorerSessionBrowserTests extends ExplorerBrowserTest {

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
	void olderFillsStayUntilTheTokenIsForgotten() {
		data.warm();
		page.signIn(TOKEN);
		page.script("location.hash = '#/liquidations'");
		page.await("no fills", () -> page.text("main").contains("500 loaded"));
		page.press("Load older: up to 1 call");
		page.await("no older fills", () -> page.text("main").contains("1,000 loaded"));
		int calls = data.calls();

		page.script("location.hash = '#/status'");
		page.await("no status", () -> page.text("h1").equals("Status"));
		page.script("location.hash = '#/liquidations'");

		page.await("no older fills", () -> page.text("main").contains("1,000 loaded"));
		assertThat(data.calls()).isEqualTo(calls);
		page.press("Forget token");
		page.await("no question", () -> page.exists("dialog[open]"));
		data.get("/api/external/fills/liquidation?limit=500");
		page.find("dialog input").sendKeys(TOKEN);
		page.press("Use token");
		page.await("no fills", () -> page.text("main").contains("500 loaded"));
	}

	@Test
	void olderFillsAreDroppedWhenTheNewestDoNotReachThem() {
		page.signIn(TOKEN);

		assertThat(page.evaluate("fills-pages.js",
				"""
						(() => {
						  const page = (...tids) => ({ body: { fills: tids.map((tid) => ({ tid })) } });
						  const newest = page(5, 4);
						  module.keepPages("", newest, [page(3)]);
						  return [module.keptPages("", newest), module.keptPages("", page(6, 5)), module.keptPages("", page(9, 8)),
						    module.keptPages("", null), module.keptPages("BTC", newest)].map((pages) => pages.length).join(" ");
						})()"""))
			.isEqualTo("1 2 0 0 0");
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

}
