package io.htgateway.explorer;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page and its files, as a browser without a token gets them.
 */
@SecurityTest
@GatewayTest
@TestPropertySource(properties = { "gateway.access.teams[0].name=research",
		"gateway.access.teams[0].token-sha256=3f09f03b16950a75ae5b0e63a6a8c75e199253c2aa4d56873e5197135aa91115" })
class ExplorerFilesIntegrationTests {

	private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");

	private static final Pattern IMPORT = Pattern.compile("(?m)^import .*?\"\\./([^\"]+)\";");

	private static final int MAX_BYTES = 150_000;

	@Autowired
	private Gateway gateway;

	@Test
	void everythingTogetherIsSmall() {
		int bytes = gateway.get("/", "Accept-Encoding", "gzip").body().length;
		for (String file : files()) {
			Gateway.Response response = gateway.get(file, "Accept-Encoding", "gzip");
			assertThat(response.status()).as(file).isEqualTo(200);
			assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
			bytes += response.body().length;
		}

		assertThat(bytes).isBetween(10_000, MAX_BYTES);
	}

	@Test
	void browsersReuseFilesAndRevalidateThePage() {
		Gateway.Response page = gateway.get("/");
		Gateway.Response script = gateway.get(files().getFirst());

		assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
		assertThat(script.header("Cache-Control")).contains("max-age=31536000", "immutable");
		Gateway.Response unchanged = gateway.get("/", "If-None-Match", page.header("ETag"));
		assertThat(unchanged.status()).isEqualTo(304);
		assertThat(unchanged.body()).isEmpty();
		assertThat(gateway.get("/", "If-None-Match", "W/\"other\"").status()).isEqualTo(200);
	}

	@Test
	void fileOfAnotherVersionIsServedWithoutBeingReused() {
		String other = files().getFirst().replaceFirst("/explorer/[^/]+/", "/explorer/other/");

		assertThat(gateway.get(other).status()).isEqualTo(200);
		assertThat(gateway.get(other).header("Cache-Control")).isEqualTo("no-cache");
	}

	@Test
	void compressedAndPlainFilesHaveTheSameContent() {
		Gateway.Response page = gateway.get("/");

		assertThat(page.text()).startsWith("<!DOCTYPE html>").contains("data-open=\"false\"").doesNotContain("@");
		assertThat(page.header("Vary")).isEqualTo("Accept-Encoding");
		assertThat(gateway.head("/").header("Content-Length")).isEqualTo(String.valueOf(page.body().length));
	}

	@Test
	void filesHaveNothingThatThePolicyForbids() {
		assertThat(gateway.get("/").text()).doesNotContain("<style", "style=", "onload=", "<iframe", "<base", "http:",
				"https:");
		for (String file : files()) {
			String content = gateway.get(file).text();
			assertThat(content).as(file).doesNotContain("eval(", "innerHTML", "document.write", "new Function");
			if (!file.contains("uplot") && !file.endsWith(".svg")) {
				assertThat(content).as(file).doesNotContain("http://", "https://");
			}
		}
	}

	@Test
	void unknownFileIsNotFound() {
		Problems.check(gateway.get("/explorer/x/nothing.js"), 404, "about:blank");
		Problems.check(gateway.get("/explorer/x/y/app.js", "Authorization", "Bearer research-token"), 404,
				"about:blank");
	}

	@Test
	void swaggerUiIsWhereItWas() {
		assertThat(gateway.get("/swagger-ui.html").header("Location")).isEqualTo("swagger-ui/index.html");
	}

	/**
	 * Returns the paths of all files that the page loads, in any order.
	 */
	private List<String> files() {
		Set<String> files = new TreeSet<>();
		LINK.matcher(gateway.get("/").text())
			.results()
			.map((link) -> "/" + link.group(1))
			.filter((path) -> path.startsWith("/explorer/"))
			.forEach((path) -> collect(path, files));
		assertThat(files).hasSizeGreaterThan(20);
		return List.copyOf(files);
	}

	private void collect(String path, Set<String> files) {
		if (files.add(path) && path.endsWith(".js")) {
			String folder = path.substring(0, path.lastIndexOf('/') + 1);
			IMPORT.matcher(gateway.get(path).text())
				.results()
				.forEach((module) -> collect(folder + module.group(1), files));
		}
	}

}
