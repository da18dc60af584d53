package io.htgateway.budget.share;

import java.time.Duration;
import java.util.Map;

/**
 * The calls of one window that are reserved for accounts.
 *
 * @param window minute, day or month
 * @param length length of the window
 * @param resetsIn time until the whole shares are available again, if no call is made
 * until then
 * @param shares share by account; accounts without a share are absent
 */
public record WindowShares(String window, Duration length, Duration resetsIn, Map<String, Share> shares) {

	public WindowShares {
		shares = Map.copyOf(shares);
	}

}
