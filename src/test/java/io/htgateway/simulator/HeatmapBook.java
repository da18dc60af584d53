package io.htgateway.simulator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The liquidation heatmaps of the coins that have one.
 */
final class HeatmapBook {

	private static final int BINS = 250;

	/**
	 * Bin of the current price, around which it moves with the state.
	 */
	private static final int MARK = 205;

	private static final Map<String, String> BIN_WIDTHS = Map.ofEntries(Map.entry("BTC", "467.97"),
			Map.entry("ETH", "15.2"), Map.entry("SOL", "0.84"), Map.entry("HYPE", "0.31"), Map.entry("DOGE", "0.00082"),
			Map.entry("XRP", "0.0107"), Map.entry("BNB", "4.1"), Map.entry("ADA", "0.0031"), Map.entry("AVAX", "0.12"),
			Map.entry("LINK", "0.083"), Map.entry("LTC", "0.44"), Map.entry("SUI", "0.0154"),
			Map.entry("ENA", "0.00223"), Map.entry("FARTCOIN", "0.0036"), Map.entry("kPEPE", "0.000041"),
			Map.entry("PUMP", "0.0000182"), Map.entry("ZEC", "1.9"), Map.entry("AAVE", "0.92"),
			Map.entry("ARB", "0.0018"), Map.entry("WIF", "0.0033"), Map.entry("TAO", "1.55"),
			Map.entry("NEAR", "0.0098"), Map.entry("UNI", "0.031"), Map.entry("TRUMP", "0.0341"),
			Map.entry("cash:HOOD", "0.42"), Map.entry("flx:GOLD", "17.3"), Map.entry("hyna:BTC", "468.1"),
			Map.entry("xyz:MSTR", "1.27"), Map.entry("xyz:NVDA", "0.79"), Map.entry("xyz:XYZ100", "103.5"));

	private final Map<String, String> coins = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final List<String> sample = Samples.objects("liquidation-heatmap.json");

	HeatmapBook() {
		BIN_WIDTHS.keySet().forEach((coin) -> this.coins.put(coin, coin));
	}

	/**
	 * The coin as the export spells it, empty if it has no heatmap.
	 */
	Optional<String> coin(String anyCase) {
		return Optional.ofNullable(this.coins.get(anyCase));
	}

	byte[] export(long state, String anyCase) {
		String coin = coin(anyCase).orElseThrow(() -> new IllegalArgumentException("No heatmap of " + anyCase));
		Drift drift = new Drift(coin, state);
		BigDecimal width = new BigDecimal(BIN_WIDTHS.getOrDefault(coin, "1"));
		int mark = MARK + (int) Math.round(9 * Math.sin(state / 9.0));
		String bins = IntStream.range(0, BINS)
			.mapToObj((index) -> bin(coin, width, index, index - mark, drift))
			.collect(Collectors.joining(","));
		return "{\"coin\":\"%s\",\"heatmap\":[%s]}".formatted(coin, bins).getBytes(StandardCharsets.UTF_8);
	}

	private String bin(String coin, BigDecimal width, int index, int distance, Drift drift) {
		if (coin.equals("BTC") && index < this.sample.size()) {
			return this.sample.get(index);
		}
		return """
				{"coin":"%s","priceBinIndex":%s,"priceBinStart":%s,"priceBinEnd":%s,"liquidationValue":%s,\
				"positionsCount":%s,"mostImpactedSegment":%s}""".formatted(coin, index, times(width, index),
				times(width, index + 1), drift.share(weight(distance), 5).toPlainString(), drift.steady(1, 400),
				drift.steady(1, 17));
	}

	/**
	 * Most positions are liquidated a few percent below the current price, or above it;
	 * near the price, they have been already.
	 */
	private static double weight(int distance) {
		double near = bump(distance, -17, 6) + 0.7 * bump(distance, 14, 5);
		double far = 0.35 * bump(distance, -52, 22) + 0.3 * bump(distance, 34, 9);
		return (near + far) * (1 - bump(distance, 0, 3)) + 0.004;
	}

	private static double bump(int distance, int middle, double width) {
		return Math.exp(-Math.pow((distance - middle) / width, 2));
	}

	private static String times(BigDecimal width, int index) {
		return width.multiply(BigDecimal.valueOf(index)).stripTrailingZeros().toPlainString();
	}

}
