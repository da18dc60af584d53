package io.htgateway.fills;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Spelling of markets, which HyperTracker compares case-sensitively. A market is in upper
 * case, with a lower-case <code>k</code> in front if its unit is a thousand coins
 * (<code>kPEPE</code>). A dex prefix is in lower case.
 */
final class CoinSpelling {

	/**
	 * Response header with the correct spellings, as a List of Strings (RFC 9651 3.1).
	 */
	static final String HEADER = "Coin-Spelling";

	private static final Pattern POSSIBLE = Pattern.compile("(?:[a-z0-9]+:)?k?[A-Z0-9]+");

	private CoinSpelling() {
	}

	/**
	 * Returns the header for a valid coin, or no headers if a market can have this
	 * spelling.
	 * @param coin the coin in the case that the client sent, or null if it is absent
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
		String upperCase = symbol.toUpperCase(Locale.ROOT);
		String plain = quoted(dex + upperCase);
		return hasThousandsForm(upperCase) ? plain + ", " + quoted(dex + 'k' + upperCase.substring(1)) : plain;
	}

	private static boolean hasThousandsForm(String upperCase) {
		return upperCase.length() > 1 && upperCase.charAt(0) == 'K';
	}

	private static String quoted(String spelling) {
		return '"' + spelling + '"';
	}

}
