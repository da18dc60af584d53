package io.htgateway.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WindowType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Swagger UI in Chromium, with a configured team. The tests write screenshots to
 * <code>target/swagger-ui*.png</code>.
 */
@Tag("browser")
@GatewayTest
@TestPropertySource(properties = { "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115" })
class SwaggerUiBrowserTests {

	private static final Path SCREENSHOT = Path.of("target/swagger-ui.png");

	private static final String FILLS = "/api/external/fills/liquidation";

	private static final String RISK = "/api/external/{segmentId}/assets/liquidation-risk";

	private static final String HEATMAP = "/api/external/exports/coins/{coin}/liquidation-heatmap";

	@Autowired
	private Gateway gateway;

	private Chromium chromium;

	@BeforeEach
	void startBrowser() {
		chromium = Chromium.start();
	}

	@AfterEach
	void endBrowser() {
		chromium.close();
	}

	@Test
	void tryItOutWithTokenOfTeamShowsWhatTheGatewayAnswers() throws IOException {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());
		assertThat(page.operations()).containsExactly("GET " + FILLS, "GET " + RISK, "GET " + HEATMAP,
				"GET /api/usage");

		page.authorize("research-token");
		for (String path : List.of(FILLS, RISK, HEATMAP)) {
			SwaggerUi.Response response = page.tryOut(path);

			assertThat(response.status()).as(path).isEqualTo("200");
			assertThat(normalized(response.body())).as(path).isEqualTo(normalized(body(response.url())));
		}
		Files.write(SCREENSHOT, chromium.driver().getScreenshotAs(OutputType.BYTES));

		assertThat(chromium.complaints()).isEmpty();
		assertThat(chromium.requests()).hasSizeGreaterThan(5)
			.allMatch((url) -> url.startsWith("http://127.0.0.1:" + gateway.port() + "/") || url.startsWith("data:"));
	}

	@Test
	void pageSaysWhatItIsAndShowsNoOtherDocument() throws IOException {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());
		page.openOperation(FILLS);
		Files.write(Path.of("target/swagger-ui-head.png"), chromium.driver().getScreenshotAs(OutputType.BYTES));

		assertThat(chromium.driver().getTitle()).isEqualTo("hypertracker-gateway");
		assertThat(page.count(".topbar, .download-url-wrapper")).isZero();
		assertThat(page.text(".info .title")).startsWith("hypertracker-gateway");
		assertThat(page.text(".parameters")).contains("1 to 1000", "Coin-Spelling");
	}

	@Test
	void cohortsAreListedWithNamesAndRanges() throws IOException {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());
		page.openOperation(RISK);
		page.openSchemas();
		Files.write(Path.of("target/swagger-ui-risk.png"), chromium.driver().getScreenshotAs(OutputType.BYTES));

		assertThat(page.examples("segmentId")).hasSize(16)
			.contains("16 Shrimp: perp equity up to $250", "9 Smart Money: all-time perp PnL $100k to $1M");
		assertThat(page.text("tr[data-param-name='segmentId']")).contains("16 Shrimp", "15 Giga-Rekt");
		assertThat(page.text("section.models")).contains("SegmentId", "LiquidationFill", "AssetRisk", "HeatmapBin");
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void selectedCohortAndCoinAreRequested() {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());
		page.authorize("research-token");

		SwaggerUi.Response smartMoney = page.tryOutExample(RISK, "segmentId",
				"9 Smart Money: all-time perp PnL $100k to $1M");
		SwaggerUi.Response otherDex = page.tryOutExample(FILLS, "coin", "xyz:MSTR: MSTR on the dex xyz");

		assertThat(smartMoney.status()).isEqualTo("200");
		assertThat(smartMoney.url()).contains("/api/external/9/assets/liquidation-risk");
		assertThat(otherDex.status()).isEqualTo("200");
		assertThat(otherDex.url()).contains("coin=xyz%3AMSTR");
	}

	@Test
	void schemesSayWhichTokenAndWhere() throws IOException {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());

		page.openAuthorization();
		Files.write(Path.of("target/swagger-ui-authorize.png"), chromium.driver().getScreenshotAs(OutputType.BYTES));

		assertThat(page.text(".dialog-ux")).containsSubsequence("teamToken", "Your team's token",
				"Never enter the HyperTracker key", "apiKey", "X-API-Key");
	}

	@Test
	void tokenIsStoredForTheSessionOfTheTabOnly() {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());
		page.authorize("research-token");

		SwaggerUi reloaded = SwaggerUi.open(chromium.driver(), gateway.port());
		assertThat(reloaded.tryOut(RISK).status()).isEqualTo("200");
		assertThat(chromium.driver().executeScript("return JSON.stringify(localStorage) + document.cookie")).asString()
			.isEqualTo("{}");

		chromium.driver().switchTo().newWindow(WindowType.TAB);
		SwaggerUi other = SwaggerUi.open(chromium.driver(), gateway.port());
		assertThat(other.tryOut(RISK).status()).startsWith("401");
	}

	@Test
	void loggedOutTokenIsForgotten() {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());
		page.authorize("research-token");
		page.logOut();

		SwaggerUi reloaded = SwaggerUi.open(chromium.driver(), gateway.port());
		assertThat(reloaded.tryOut(RISK).status()).startsWith("401");
		assertThat(chromium.driver().executeScript("return JSON.stringify(sessionStorage)")).asString()
			.doesNotContain("research-token");
	}

	@Test
	void wrongCoinIsRefusedInWords() {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());
		page.authorize("research-token");

		SwaggerUi.Response response = page.tryOut(FILLS, "coin", "BTC/USD");

		assertThat(response.status()).startsWith("400");
		assertThat(response.body()).contains("must be a symbol of at most 24 letters and digits");
	}

	@Test
	void tryItOutWithoutTokenShowsTheProblem() {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());

		SwaggerUi.Response response = page.tryOut(RISK);

		assertThat(response.status()).startsWith("401");
		assertThat(response.body()).contains("urn:hypertracker-gateway:unauthenticated");
		assertThat(chromium.complaints()).singleElement().asString().contains("401");
	}

	private String body(String url) {
		URI uri = URI.create(url);
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		Gateway.Response response = gateway.get(uri.getRawPath() + query, "Authorization", "Bearer research-token");
		assertThat(response.header("Cache-Status")).contains("; hit;");
		return response.text();
	}

	/**
	 * Returns JSON as the browser serializes it: without trailing zeros in numbers.
	 */
	private String normalized(String json) {
		return String.valueOf(chromium.driver().executeScript("return JSON.stringify(JSON.parse(arguments[0]))", json));
	}

}
