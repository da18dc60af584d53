package io.htgateway.heatmap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.testing.Draw;
import io.htgateway.web.RawQueries;
import io.htgateway.web.RefusedParameters;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of {@link Coin}, read from requests.
 */
@Tag("fuzz")
class CoinFuzzTests {

	/**
	 * A path variable and a query.
	 */
	record Raw(String symbol, String query) {
	}

	@Property
	void ofWhenRequestIsAnythingRefusesItOrHasTheOneFormOfItsCoin(@ForAll("requests") Raw raw) {
		if (RefusedParameters.by(() -> coin(raw)).isEmpty()) {
			String symbol = coin(raw).symbol();
			String[] parts = symbol.split(":", -1);

			assertThat(raw.query().replace("&", "").replace("=", "")).isEmpty();
			assertThat(symbol).isEqualToIgnoringCase(raw.symbol());
			assertThat(parts).hasSizeBetween(1, 2).allMatch(CoinFuzzTests::isSymbol);
			assertThat(parts[parts.length - 1]).doesNotMatch("(?s).*[a-z].*");
			assertThat(coin(new Raw(symbol, "")).symbol()).isEqualTo(symbol);
			assertThat(coin(new Raw(symbol.toLowerCase(Locale.ROOT), "")))
				.isEqualTo(coin(new Raw(symbol.toUpperCase(Locale.ROOT), "")));
		}
	}

	@Provide
	Arbitrary<Raw> requests() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			String symbol = draw.text("ABYZabyz0189", 0, 25) + (draw.chance(30) ? ":" + draw.text("AZaz09", 0, 25) : "")
					+ (draw.chance(10) ? draw.of(draw.character(), "\u0130", "\u212a", "\u0131", "\n", ":") : "");
			return new Raw(symbol, draw.chance(70) ? "" : RawQueries.any(draw, List.of("coin", "limit"), () -> symbol));
		});
	}

	private static boolean isSymbol(String part) {
		return !part.isEmpty() && part.length() <= 24
				&& part.chars().allMatch((c) -> c < 128 && Character.isLetterOrDigit(c));
	}

	private static Coin coin(Raw raw) {
		return RequestParameters.read(RawQueries.request(raw.query()), Map.of("coin", raw.symbol()), Set.of(),
				(parameters) -> Coin.of(parameters.pathCoin("coin")));
	}

}
