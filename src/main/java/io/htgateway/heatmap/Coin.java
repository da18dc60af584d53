package io.htgateway.heatmap;

import java.util.Locale;
import java.util.Map;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;

/**
 * A coin in its canonical form, which the cache and the upstream call use: the symbol in
 * upper case, the dex prefix, if there is one, in lower case.
 *
 * @param symbol the canonical form, such as <code>BTC</code> or <code>xyz:MSTR</code>
 */
record Coin(String symbol) implements CacheKey {

	@Override
	public String text() {
		return "heatmap/" + symbol;
	}

	@Override
	public Subject subject() {
		return new Subject(HeatmapEndpoint.NAME, Map.of("coin", symbol));
	}

	@Override
	public String series() {
		return symbol;
	}

	/**
	 * Returns the coin with the given valid symbol.
	 * @param text symbol in any case
	 */
	static Coin of(String text) {
		int colon = text.indexOf(':') + 1;
		return new Coin(
				text.substring(0, colon).toLowerCase(Locale.ROOT) + text.substring(colon).toUpperCase(Locale.ROOT));
	}

}
