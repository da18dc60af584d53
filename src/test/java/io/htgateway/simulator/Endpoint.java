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
	 * The cohorts, a JSON array.
	 */
	SEGMENTS("/api/external/segments"),

	/**
	 * The bias of one cohort over time, in pages with cursors.
	 */
	BIAS_HISTORY("/api/external/segments/[^/]+/bias-history"),

	/**
	 * A JSON object of about 1 MB.
	 */
	POSITIONS_HEATMAP("/api/external/positions/heatmap"),

	/**
	 * Fills of addresses, an array parameter.
	 */
	ADDRESS_FILLS("/api/external/fills"),

	/**
	 * Open positions in CSV.
	 */
	OPEN_POSITIONS("/api/external/positions/open/coin/[^/]+"),

	/**
	 * The redirect to another export of a coin.
	 */
	COIN_EXPORT("/api/external/exports/coins/[^/]+/segment-metrics.*"),

	/**
	 * A list of the markets with positions.
	 */
	POSITIONS_COINS("/api/external/positions/coins"),

	/**
	 * The redirect to the orders of a market.
	 */
	ORDER_DOWNLOAD("/api/external/orders/5m-snapshots/coins/[^/]+/download"),

	/**
	 * JSON with a link to a snapshot.
	 */
	STATE_SUMMARY("/api/external/state/summary"),

	/**
	 * The dates of the newest and of the next state.
	 */
	STATE_STATUS("/api/external/hypertracker/state/status"),

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
