package io.htgateway.web.page;

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

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Swagger UI in Chromium, where teams are configured. What it looks like in the end is in
 * <code>target/swagger-ui.png</code>.
 */
@Tag("browser")
@GatewayTest
@TestPropertySource(properties = { "gateway.teams[0].name=research",
		"gateway.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115" })
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
		assertThat(page.operations()).containsExactlyInAnyOrder("GET " + FILLS, "GET " + RISK, "GET " + HEATMAP);

		page.authorize("research-token");
		for (String path : List.of(FILLS, RISK, HEATMAP)) {
			SwaggerUi.Answer answer = page.tryOut(path);

			assertThat(answer.status()).as(path).isEqualTo("200");
			assertThat(normalized(answer.body())).as(path).isEqualTo(normalized(body(answer.url())));
		}
		Files.write(SCREENSHOT, chromium.driver().getScreenshotAs(OutputType.BYTES));

		assertThat(chromium.complaints()).isEmpty();
		assertThat(chromium.requests()).hasSizeGreaterThan(5)
			.allMatch((url) -> url.startsWith("http://127.0.0.1:" + gateway.port() + "/") || url.startsWith("data:"));
	}

	@Test
	void tryItOutWithoutTokenShowsTheProblem() {
		SwaggerUi page = SwaggerUi.open(chromium.driver(), gateway.port());

		SwaggerUi.Answer answer = page.tryOut(RISK);

		assertThat(answer.status()).startsWith("401");
		assertThat(answer.body()).contains("urn:hypertracker-gateway:unauthenticated");
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
	 * JSON as the browser reads and writes it, whose numbers have no trailing zeros.
	 */
	private String normalized(String json) {
		return String.valueOf(chromium.driver().executeScript("return JSON.stringify(JSON.parse(arguments[0]))", json));
	}

}
