package io.htgateway.web.filter;

import java.util.Set;

/**
 * Paths of the documentation and of the explorer, which everybody may read without a
 * token.
 */
final class DocumentationPaths {

	private static final Set<String> PAGES = Set.of("/", "/swagger-ui.html");

	private static final Set<String> OTHERS = Set.of("/favicon.ico", "/v3/api-docs", "/v3/api-docs.yaml");

	private DocumentationPaths() {
	}

	/**
	 * Returns whether the given path is part of the documentation. It must be one that
	 * cannot be read in two ways.
	 */
	static boolean contain(String path) {
		return isPage(path) || OTHERS.contains(path) || path.startsWith("/v3/api-docs/");
	}

	/**
	 * Returns whether browsers show or load the given path as a part of a page.
	 */
	static boolean isPage(String path) {
		return PAGES.contains(path) || path.startsWith("/explorer/") || isFile(path);
	}

	/**
	 * Returns whether the given path is a file that is read from a jar.
	 */
	static boolean isFile(String path) {
		return path.startsWith("/swagger-ui/") || path.startsWith("/webjars/");
	}

}
