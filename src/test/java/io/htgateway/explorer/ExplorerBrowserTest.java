package io.htgateway.explorer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.browser.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The explorer in a browser of its own for each test.
 */
abstract class ExplorerBrowserTest {

	static final String TOKEN = ExplorerTest.Data.TOKEN;

	static final int MAX_REQUESTS = 3;

	@Autowired
	ExplorerTest.Data data;

	@Autowired
	Gateway gateway;

	Chromium chromium;

	Explorer page;

	@BeforeEach
	void startBrowser() {
		chromium = Chromium.start();
		page = new Explorer(chromium, "http://127.0.0.1:" + gateway.port() + "/");
		page.resize(1280, "light");
	}

	@AfterEach
	void endBrowser() {
		chromium.close();
	}

	List<String> requestsForData() {
		return chromium.requests().stream().filter((url) -> url.contains("/api/")).toList();
	}

	String copied() {
		return String.valueOf(page.script("return document.querySelector('.command:not([hidden]) textarea').value"));
	}

	static List<String> saved(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> String.valueOf(file.getFileName())).sorted().toList();
		}
	}

}
