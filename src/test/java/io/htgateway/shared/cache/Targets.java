package io.htgateway.shared.cache;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;

/**
 * Request targets of everything that the simulated upstream has: 16 cohorts and 30 coins.
 */
final class Targets {

	static final int COHORTS = 16;

	private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "HYPE", "DOGE", "XRP", "BNB", "ADA", "AVAX",
			"LINK", "LTC", "SUI", "ENA", "FARTCOIN", "kPEPE", "PUMP", "ZEC", "AAVE", "ARB", "WIF", "TAO", "NEAR", "UNI",
			"TRUMP", "cash:HOOD", "flx:GOLD", "hyna:BTC", "xyz:MSTR", "xyz:NVDA", "xyz:XYZ100");

	private Targets() {
	}

	static List<String> all() {
		return Stream
			.concat(IntStream.rangeClosed(1, COHORTS).mapToObj(Targets::cohort), COINS.stream().map(Targets::heatmap))
			.toList();
	}

	static String cohort(int segment) {
		return "/api/external/" + segment + "/assets/liquidation-risk?limit=20";
	}

	static String heatmap(String coin) {
		return "/api/external/exports/coins/" + coin + "/liquidation-heatmap";
	}

	/**
	 * Returns the upstream calls so far.
	 */
	static int calls(SimulatedHyperTracker upstream) {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP) + upstream.calls(Endpoint.FILLS);
	}

}
