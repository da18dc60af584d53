package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks all links between pages and files of the project. External links are not
 * checked, because tests open no connections to other hosts.
 */
class LinkTests {

	static List<MarkdownPage> pages() throws IOException {
		return MarkdownPage.all();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadToFilesAndHeadingsThatExist(MarkdownPage page) {
		assertThat(broken(page)).as(page.path().toString()).isEmpty();
	}

	@Test
	void readmeLinksAllPagesOfDocs() {
		List<Path> linked = MarkdownPage.read(Path.of("README.md"))
			.links()
			.stream()
			.map((link) -> Path.of(link.replaceFirst("#.*", "")))
			.toList();

		assertThat(linked).contains(Path.of("LICENSE")).containsAll(docs());
	}

	@Test
	void readmeIsShort() {
		assertThat(MarkdownPage.read(Path.of("README.md")).text().lines()).hasSizeLessThan(150);
	}

	@Test
	void linkThatLeadsNowhereIsFound() {
		MarkdownPage page = new MarkdownPage(Path.of("docs/page.md"),
				"""
						# A page: `of` [two](api.md)
						## Again
						## Again
						[a](api.md) [b](api.md#errors) [c](#again-1) [d](#a-page-of-two) [e](../README.md) [f](https://host.example)
						[g](apis.md) [h](api.md#error) [i](#again-2) [j](../../README.md) [k](openapi.yaml#L3) `[l](none.md)`
						```
						# [m](none.md)
						```
						""");

		assertThat(broken(page)).containsExactly("apis.md", "api.md#error", "#again-2", "../../README.md",
				"openapi.yaml#L3");
	}

	private static List<Path> docs() {
		try (var files = Files.list(Path.of("docs"))) {
			return files.filter((path) -> path.toString().endsWith(".md")).toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static List<String> broken(MarkdownPage page) {
		List<String> broken = new ArrayList<>(page.links());
		broken.removeIf((link) -> link.matches("(https?|mailto):.*") || leadsSomewhere(page, link));
		return broken;
	}

	private static boolean leadsSomewhere(MarkdownPage page, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
		if (target.startsWith("..") || !(parts[0].isEmpty() || Files.exists(target))) {
			return false;
		}
		if (parts.length == 1) {
			return true;
		}
		return target.toString().endsWith(".md")
				&& (parts[0].isEmpty() ? page : MarkdownPage.read(target)).anchors().contains(parts[1]);
	}

}
