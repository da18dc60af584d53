package io.htgateway.simulator;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.matching.UrlPattern;

/**
 * The endpoints whose calls are counted and whose answers a test can replace.
 */
public enum Endpoint {

	/**
	 * The raw liquidation fills.
	 */
	FILLS("/api/external/fills/liquidation"),

	/**
	 * The liquidation risk of one cohort's assets.
	 */
	RISK("/api/external/[^/]+/assets/liquidation-risk"),

	/**
	 * The redirect to the heatmap of one coin.
	 */
	HEATMAP("/api/external/exports/coins/[^/]+/liquidation-heatmap"),

	/**
	 * Any object of the store behind the signed links.
	 */
	DOWNLOAD("/.*");

	private final String path;

	Endpoint(String path) {
		this.path = path;
	}

	UrlPattern path() {
		return WireMock.urlPathMatching(this.path);
	}

}
