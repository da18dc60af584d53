package io.htgateway.docs;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;

/**
 * Swagger UI as somebody at a browser uses it.
 *
 * @param driver the browser that shows it
 */
record SwaggerUi(WebDriver driver) {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	/**
	 * What is shown after "Execute".
	 *
	 * @param url what was asked for
	 * @param status status of the answer
	 * @param body body of the answer
	 */
	record Answer(String url, String status, String body) {

	}

	/**
	 * Opens it, and waits until it shows operations.
	 */
	static SwaggerUi open(WebDriver driver, int port) {
		driver.get("http://127.0.0.1:" + port + "/swagger-ui.html");
		SwaggerUi page = new SwaggerUi(driver);
		page.await(".opblock");
		return page;
	}

	/**
	 * Method and path of each operation that is listed.
	 */
	List<String> operations() {
		return driver.findElements(css(".opblock"))
			.stream()
			.map((block) -> text(block, ".opblock-summary-method") + " " + path(block))
			.toList();
	}

	/**
	 * Number of elements that are shown.
	 */
	int count(String selector) {
		return driver.findElements(css(selector)).size();
	}

	/**
	 * Text of the first element, when it is shown.
	 */
	String text(String selector) {
		return await(selector).getText();
	}

	/**
	 * Opens an operation.
	 */
	void openOperation(String path) {
		click("#" + block(path).getDomAttribute("id") + " .opblock-summary-control");
		await(".parameters");
	}

	/**
	 * Opens the list of schemas, and the first of them.
	 */
	void openSchemas() {
		click("section.models .models-control");
		click("section.models .json-schema-2020-12-accordion");
	}

	/**
	 * Opens "Authorize".
	 */
	void openAuthorization() {
		click(".auth-wrapper .authorize");
		await(".auth-container input");
	}

	/**
	 * Takes the token of the first scheme back.
	 */
	void logOut() {
		click(".auth-wrapper .authorize");
		click(".auth-btn-wrapper button:not(.btn-done)");
		click(".auth-btn-wrapper .btn-done");
	}

	/**
	 * Enters a token as the first scheme of "Authorize".
	 */
	void authorize(String token) {
		openAuthorization();
		await(".auth-container input").sendKeys(token);
		click(".auth-btn-wrapper .authorize");
		click(".auth-btn-wrapper .btn-done");
	}

	/**
	 * Opens an operation, and executes it with the values that are filled in.
	 */
	Answer tryOut(String path) {
		return tryOut(path, null, "");
	}

	/**
	 * Opens an operation, fills one parameter in, and executes it.
	 */
	Answer tryOut(String path, @Nullable String parameter, String value) {
		WebElement block = block(path);
		String inBlock = "#" + block.getDomAttribute("id") + " ";
		click(inBlock + ".opblock-summary-control");
		click(inBlock + ".try-out__btn");
		if (parameter != null) {
			await(inBlock + "tr[data-param-name='" + parameter + "'] input").sendKeys(value);
		}
		click(inBlock + ".execute");
		String row = inBlock + ".live-responses-table tr.response ";
		await(row + ".highlight-code");
		return new Answer(text(block, ".request-url pre"), text(block, ".live-responses-table tr.response td"),
				text(block, ".live-responses-table tr.response .highlight-code code"));
	}

	private WebElement block(String path) {
		return driver.findElements(css(".opblock"))
			.stream()
			.filter((one) -> path.equals(path(one)))
			.findFirst()
			.orElseThrow();
	}

	private void click(String selector) {
		await(selector).click();
	}

	private WebElement await(String selector) {
		return Awaitility.await(selector)
			.atMost(LONGEST_WAIT)
			.until(() -> driver.findElements(css(selector)),
					(found) -> !found.isEmpty() && found.getFirst().isDisplayed())
			.getFirst();
	}

	private static @Nullable String path(WebElement block) {
		return block.findElement(css(".opblock-summary-path")).getDomAttribute("data-path");
	}

	private static String text(WebElement element, String selector) {
		return element.findElement(css(selector)).getText();
	}

	private static By css(String selector) {
		return By.cssSelector(selector);
	}

}
