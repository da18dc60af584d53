package io.htgateway.docs;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;

/**
 * Swagger UI in a browser.
 *
 * @param driver driver of the browser
 */
record SwaggerUi(WebDriver driver) {

	private static final String EXAMPLES = "tr[data-param-name='%s'] .examples-select-element";

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	/**
	 * The response shown after "Execute".
	 *
	 * @param url URL of the request
	 * @param status status code of the response
	 * @param body body of the response
	 */
	record Response(String url, String status, String body) {

	}

	/**
	 * Opens Swagger UI and waits until it shows operations.
	 */
	static SwaggerUi open(WebDriver driver, int port) {
		driver.get("http://127.0.0.1:" + port + "/swagger-ui.html");
		SwaggerUi page = new SwaggerUi(driver);
		page.await(".opblock");
		return page;
	}

	/**
	 * Returns the method and the path of each listed operation.
	 */
	List<String> operations() {
		return driver.findElements(css(".opblock"))
			.stream()
			.map((block) -> text(block, ".opblock-summary-method") + " " + path(block))
			.toList();
	}

	/**
	 * Returns the number of matching elements.
	 */
	int count(String selector) {
		return driver.findElements(css(selector)).size();
	}

	/**
	 * Waits for the first matching element and returns its text.
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
	 * Opens the list of schemas and its first entry.
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
	 * Removes the token of the first scheme.
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
	 * Opens an operation and executes it with the values that Swagger UI filled in.
	 */
	Response tryOut(String path) {
		return tryOut(path, null, "");
	}

	/**
	 * Opens an operation, fills in one parameter and executes the operation.
	 */
	Response tryOut(String path, @Nullable String parameter, String value) {
		WebElement block = block(path);
		String inBlock = "#" + block.getDomAttribute("id") + " ";
		click(inBlock + ".opblock-summary-control");
		click(inBlock + ".try-out__btn");
		if (parameter != null) {
			WebElement input = await(inBlock + "tr[data-param-name='" + parameter + "'] input");
			input.clear();
			input.sendKeys(value);
		}
		return execute(block);
	}

	/**
	 * Returns the labels of the examples of a parameter, which Swagger UI shows as a
	 * select.
	 */
	List<String> examples(String parameter) {
		await(EXAMPLES.formatted(parameter));
		return driver.findElements(css(EXAMPLES.formatted(parameter) + " option"))
			.stream()
			.map(WebElement::getText)
			.toList();
	}

	/**
	 * Opens an operation, selects an example of one parameter by its label and executes
	 * the operation.
	 */
	Response tryOutExample(String path, String parameter, String label) {
		WebElement block = block(path);
		String inBlock = "#" + block.getDomAttribute("id") + " ";
		click(inBlock + ".opblock-summary-control");
		click(inBlock + ".try-out__btn");
		await(inBlock + EXAMPLES.formatted(parameter));
		driver.findElements(css(inBlock + EXAMPLES.formatted(parameter) + " option"))
			.stream()
			.filter((option) -> option.getText().equals(label))
			.findFirst()
			.orElseThrow()
			.click();
		return execute(block);
	}

	private Response execute(WebElement block) {
		String inBlock = "#" + block.getDomAttribute("id") + " ";
		click(inBlock + ".execute");
		String row = inBlock + ".live-responses-table tr.response ";
		await(row + ".highlight-code");
		return new Response(text(block, ".request-url pre"), text(block, ".live-responses-table tr.response td"),
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
