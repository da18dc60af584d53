package io.htgateway.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The liquidation risk of every cohort, with numbers kept as literal text.
 */
final class RiskBook {

	private static final int SAMPLE_SEGMENT = 5;

	private static final List<String> OTHER_COINS = List.of("NFTI", "RLB", "STRAX", "km:NVDA", "VVV", "OMNI", "PANDORA",
			"UNIBOT", "vntl:ROBOT", "xyz:URNM");

	/**
	 * An item that no parse and print leaves as it is.
	 */
	private static final String ODD_ITEM = """
			{"coin":"PURR","totalValue":50791.1900,"riskValue":1e-8,"percentRisk":1.9688E-11,\
			"id":18446744073709551617,"note":"caf\\u00e9 \\/ café \\"[{]}\\\\\\" \\ud83d\\udc31, 1.0 : null"}""";

	private final List<String> coins = Samples.lines("/simulator/coins.txt");

	private final Map<String, String> samples = Samples.objects("liquidation-risk.json")
		.stream()
		.collect(Collectors.toMap((item) -> Samples.field(item, "coin"), Function.identity()));

	byte[] page(long state, int segment, int offset, int limit) {
		List<String> all = coins(segment);
		String items = all.stream()
			.skip(offset)
			.limit(limit)
			.map((coin) -> item(state, segment, coin))
			.collect(Collectors.joining(","));
		return "{\"totalCount\":%s,\"items\":[%s]}".formatted(all.size(), items).getBytes(StandardCharsets.UTF_8);
	}

	private List<String> coins(int segment) {
		if (segment == SAMPLE_SEGMENT) {
			return this.coins;
		}
		Stream<String> others = OTHER_COINS.stream().filter((coin) -> (coin.length() + segment) % 3 != 0);
		return Stream.concat(this.coins.stream(), others).sorted(String.CASE_INSENSITIVE_ORDER).toList();
	}

	private String item(long state, int segment, String coin) {
		if (coin.equals("PURR")) {
			return ODD_ITEM;
		}
		String sample = this.samples.get(coin);
		return (segment == SAMPLE_SEGMENT && sample != null) ? sample : generated(state, segment, coin);
	}

	private static String generated(long state, int segment, String coin) {
		Drift drift = new Drift(coin + segment, state);
		BigDecimal total = drift.amount(drift.steady(4, 7));
		BigDecimal risk = BigDecimal.ZERO;
		BigDecimal percent = BigDecimal.ZERO;
		if (drift.steady(0, 10) < 3) {
			BigDecimal share = BigDecimal.valueOf(drift.steady(1, 3_000_000), 7);
			risk = total.multiply(share).setScale(total.scale(), RoundingMode.DOWN);
			percent = risk.scaleByPowerOfTen(2).divide(total, MathContext.DECIMAL64);
		}
		return "{\"coin\":\"%s\",\"totalValue\":%s,\"riskValue\":%s,\"percentRisk\":%s}".formatted(coin,
				total.toPlainString(), risk.toPlainString(), percent);
	}

}
