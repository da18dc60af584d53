package io.htgateway.heatmap;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Coin}.
 */
class CoinTests {

	@ParameterizedTest
	@CsvSource({ "BTC, BTC", "btc, BTC", "Btc, BTC", "kPEPE, KPEPE", "0g, 0G", "xyz:MSTR, xyz:MSTR",
			"XYZ:mstr, xyz:MSTR", "Xyz:mStR, xyz:MSTR", "1, 1" })
	void ofWhenTextIsInAnyCaseHasOneForm(String text, String symbol) {
		assertThat(Coin.of(text)).isEqualTo(new Coin(symbol));
	}

	@Test
	void ofWhenPrefixDiffersIsAnotherCoin() {
		assertThat(Coin.of("xyz:MSTR")).isNotEqualTo(Coin.of("cash:MSTR")).isNotEqualTo(Coin.of("MSTR"));
	}

	@Test
	void ofWhenDefaultLocaleIsTurkishIsTheSame() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));

			assertThat(Coin.of("LIT:init")).isEqualTo(new Coin("lit:INIT"));
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
