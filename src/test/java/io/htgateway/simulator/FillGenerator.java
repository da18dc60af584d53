package io.htgateway.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes up fills; the same number and time make the same fill.
 */
final class FillGenerator {

	/**
	 * Prices in millionths of a dollar.
	 */
	private static final List<Map.Entry<String, Long>> COINS = List.of(Map.entry("BTC", 98_000_000_000L),
			Map.entry("BTC", 97_000_000_000L), Map.entry("ETH", 3_400_000_000L), Map.entry("ETH", 3_300_000_000L),
			Map.entry("SOL", 170_000_000L), Map.entry("HYPE", 38_000_000L), Map.entry("DOGE", 190_000L),
			Map.entry("XRP", 2_300_000L), Map.entry("FARTCOIN", 410_000L), Map.entry("kPEPE", 9_200L),
			Map.entry("xyz:MSTR", 254_000_000L), Map.entry("xyz:NVDA", 181_000_000L),
			Map.entry("cash:HOOD", 82_000_000L), Map.entry("hyna:BTC", 98_100_000_000L));

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	private static final int WALLETS = 200;

	private FillGenerator() {
	}

	static Fill fill(long tid, Instant time) {
		SplittableRandom random = new SplittableRandom(tid);
		Map.Entry<String, Long> market = COINS.get(random.nextInt(COINS.size()));
		String coin = market.getKey();
		String wallet = "0x" + hex(new SplittableRandom(random.nextInt(WALLETS)), 20);
		boolean bid = random.nextBoolean();
		String px = price(market.getValue(), random);
		BigDecimal sz = size(market.getValue(), random);
		return Fill.of("""
				{"oid":%s,"address":"%s","coin":"%s","fullCoinName":"%s","fillType":"perp","px":%s,"sz":%s,\
				"side":"%s","time":"%s","startPosition":%s,"dir":"%s","closedPnl":%s,"hash":"0x%s","crossed":true,\
				"fee":%s,"builderFee":0,"tid":%s,"feeToken":"%s","builder":"","liquidatedUser":"%s",\
				"liquidationMarkPx":%s,"liquidationMethod":"%s"}""".formatted(
				random.nextLong(100_000_000_000L, 500_000_000_000L), wallet, coin, coin, px, sz, bid ? "B" : "A",
				TIME.format(time), bid ? sz.negate() : sz, bid ? "Close Short" : "Close Long",
				decimal(random, 1, 900_000_000, 6).negate(), hex(random, 32), decimal(random, 1_000, 5_000_000, 5), tid,
				coin.startsWith("cash:") ? "USDT0" : "USDC", wallet, price(market.getValue(), random),
				(random.nextInt(20) == 0) ? "backstop" : "market"));
	}

	private static String price(long usual, SplittableRandom random) {
		return BigDecimal.valueOf(usual * random.nextLong(990, 1_011) / 1_000, 6).stripTrailingZeros().toPlainString();
	}

	/**
	 * A size worth up to fifty thousand dollars.
	 */
	private static BigDecimal size(long price, SplittableRandom random) {
		return BigDecimal.valueOf(Math.max(1, random.nextLong(10, 50_000) * 1_000_000_000 / price), 3);
	}

	private static BigDecimal decimal(SplittableRandom random, long from, long to, int scale) {
		return BigDecimal.valueOf(random.nextLong(from, to), scale);
	}

	private static String hex(SplittableRandom random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
