package io.htgateway.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.htgateway.testing.browser.Chromium;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The explorer in a browser.
 *
 * @param chromium the browser
 * @param root address of the page
 */
record Explorer(Chromium chromium, String root) {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	/**
	 * Sets the width of the window, and the colours that the person prefers.
	 */
	void resize(int width, String theme) {
		size(width, 900);
		driver().executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
	}

	/**
	 * Opens a link as if it were typed into a new window, and waits for the view.
	 */
	void open(String link) {
		driver().get("about:blank");
		driver().get(root + link);
		awaitView();
	}

	/**
	 * Enters the token of a team.
	 */
	void signIn(String token) {
		driver().get(root + "#/status");
		await("no question for a token", () -> exists("dialog[open] input"));
		find("dialog input").sendKeys(token);
		press("Use token");
		awaitView();
	}

	/**
	 * Returns whether an address is one of the gateway, or of a file that the page made.
	 */
	boolean isOwn(String address) {
		return address.startsWith(root) || address.startsWith("data:") || address.startsWith("blob:" + root)
				|| address.equals("about:blank");
	}

	void awaitView() {
		await("no view", () -> exists("main .view > :last-child, main > .notice") && !exists("main .loading")
				&& !exists(".plot:empty"));
	}

	void await(String what, Callable<Boolean> condition) {
		Awaitility.await(what).atMost(LONGEST_WAIT).ignoreExceptions().until(condition);
	}

	void click(String selector) {
		find(selector).click();
	}

	/**
	 * Clicks a button with the given text.
	 */
	void press(String text) {
		driver().findElement(By.xpath("//*[self::button or self::a][normalize-space()='" + text + "']")).click();
	}

	WebElement find(String selector) {
		return driver().findElement(By.cssSelector(selector));
	}

	boolean exists(String selector) {
		return !driver().findElements(By.cssSelector(selector)).isEmpty();
	}

	String text(String selector) {
		return find(selector).getText();
	}

	Object script(String script, Object... arguments) {
		return Objects.requireNonNullElse(driver().executeScript(script, arguments), "");
	}

	/**
	 * Returns a value of the page's modules.
	 * @param expression expression, in which <code>module</code> is the named one
	 */
	Object evaluate(String module, String expression) {
		return Objects.requireNonNull(driver().executeAsyncScript("const done = arguments[arguments.length - 1];"
				+ "const address = new URL(arguments[0], document.querySelector('script[type=module]').src).href;"
				+ "import(address).then((module) => done(" + expression + "), (failure) => done(String(failure)));",
				module));
	}

	/**
	 * Returns the violations of accessibility that axe-core finds serious or critical.
	 */
	List<?> barriers() {
		script("document.querySelectorAll('details').forEach((each) => each.open = true);");
		script(axe());
		return (List<?>) Objects.requireNonNull(driver().executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run(document).then((found) => done(found.violations
				  .filter((each) => ["serious", "critical"].includes(each.impact))
				  .map((each) => each.id + ": " + each.nodes.map((node) => node.html).slice(0, 3).join(" "))));
				"""));
	}

	/**
	 * Writes a picture of the whole page.
	 */
	void screenshot(Path file) {
		int width = ((Number) script("return window.innerWidth")).intValue();
		size(width, ((Number) script("return document.documentElement.scrollHeight")).intValue());
		try {
			Files.createDirectories(Objects.requireNonNull(file.getParent()));
			Files.write(file, driver().getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		size(width, 900);
	}

	ChromeDriver driver() {
		return chromium.driver();
	}

	private void size(int width, int height) {
		driver().executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	private static String axe() {
		try (InputStream script = Objects.requireNonNull(Explorer.class.getResourceAsStream("/axe.min.js"))) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
