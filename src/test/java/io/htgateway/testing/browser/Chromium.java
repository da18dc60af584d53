package io.htgateway.testing.browser;

import java.io.File;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium without a window, as Debian's packages <code>chromium</code> and
 * <code>chromium-driver</code> install it. It knows no host but 127.0.0.1.
 *
 * @param driver what it is driven by
 */
public record Chromium(ChromeDriver driver) implements AutoCloseable {

	/**
	 * Starts it. Both programs are named, so that nothing looks for others to download.
	 */
	public static Chromium start() {
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver"))
			.usingAnyFreePort()
			.build();
		return new Chromium(new ChromeDriver(service, options()));
	}

	/**
	 * What the console has shown since it was last asked for, errors and warnings only.
	 */
	public List<String> complaints() {
		return entries(LogType.BROWSER).filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * Addresses of all requests that pages have made since they were last asked for.
	 */
	public List<String> requests() {
		return entries(LogType.PERFORMANCE)
			.map((entry) -> JsonMapper.shared().readTree(entry.getMessage()).path("message"))
			.filter((message) -> message.path("method").asString().equals("Network.requestWillBeSent"))
			.map((message) -> message.at("/params/request/url"))
			.map(JsonNode::asString)
			.toList();
	}

	@Override
	public void close() {
		driver.quit();
	}

	private Stream<LogEntry> entries(String type) {
		return driver.manage().logs().get(type).getAll().stream();
	}

	private static ChromeOptions options() {
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(program("chromium"));
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		options.addArguments("--headless=new", "--window-size=1280,2600", "--no-first-run", "--no-proxy-server",
				"--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
				"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1");
		if ("root".equals(System.getProperty("user.name"))) {
			// Chromium's sandbox cannot be had by root, which containers run builds as.
			options.addArguments("--no-sandbox");
		}
		return options;
	}

	private static File program(String name) {
		return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst()
			.orElseThrow(() -> new AssertionError(
					"no " + name + " on the PATH: install Debian's packages chromium and chromium-driver"));
	}

}
