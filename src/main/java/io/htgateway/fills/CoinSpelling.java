package io.htgateway.fills;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Spelling of markets, which HyperTracker compares with regard to case. A market is
 * written in capitals, with a small <code>k</code> before it if its unit is a thousand
 * coins (<code>kPEPE</code>). A dex prefix is written in small letters.
 */
final class CoinSpelling {

	/**
	 * Response header with the right spellings, as a list of strings (RFC 9651).
	 */
	static final String HEADER = "Coin-Spelling";

	private static final Pattern POSSIBLE = Pattern.compile("(?:[a-z0-9]+:)?k?[A-Z0-9]+");

	private CoinSpelling() {
	}

	/**
	 * Returns the header for a valid coin, or no headers if a market can be spelt so.
	 */
	static HttpHeaders headers(@Nullable String coin) {
		if (coin == null || POSSIBLE.matcher(coin).matches()) {
			return HttpHeaders.EMPTY;
		}
		HttpHeaders headers = new HttpHeaders();
		headers.set(HEADER, spellings(coin));
		return headers;
	}

	private static String spellings(String coin) {
		int colon = coin.indexOf(':');
		String dex = coin.substring(0, colon + 1).toLowerCase(Locale.ROOT);
		String symbol = coin.substring(colon + 1);
		if (POSSIBLE.matcher(symbol).matches()) {
			return quoted(dex + symbol);
		}
		String capitals = symbol.toUpperCase(Locale.ROOT);
		String right = quoted(dex + capitals);
		return isOfThousands(capitals) ? right + ", " + quoted(dex + 'k' + capitals.substring(1)) : right;
	}

	private static boolean isOfThousands(String capitals) {
		return capitals.length() > 1 && capitals.charAt(0) == 'K';
	}

	private static String quoted(String spelling) {
		return '"' + spelling + '"';
	}

}
