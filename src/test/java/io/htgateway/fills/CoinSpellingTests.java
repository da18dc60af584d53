package io.htgateway.fills;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CoinSpellingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '>', quoteCharacter = '\'', textBlock = """
			btc > "BTC"
			Btc > "BTC"
			bTC > "BTC"
			2z > "2Z"
			XYZ:MSTR > "xyz:MSTR"
			Xyz:mstr > "xyz:MSTR"
			hyna:1000pepe > "hyna:1000PEPE"
			HYNA:kPEPE > "hyna:kPEPE"
			kpepe > "KPEPE", "kPEPE"
			kPepe > "KPEPE", "kPEPE"
			Kas > "KAS", "kAS"
			cash:khood > "cash:KHOOD", "cash:kHOOD"
			k > "K"
			""")
	void spellingWhenNoMarketCanHaveItIsCorrected(String coin, String expected) {
		assertThat(CoinSpelling.headers(coin).toSingleValueMap()).containsOnlyKeys("Coin-Spelling")
			.containsEntry("Coin-Spelling", expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "BTC", "2Z", "kPEPE", "KPEPE", "KAS", "K", "xyz:MSTR", "xyz:XYZ100", "hyna:1000PEPE",
			"km:US500", "1000", "b2:BTC", "cash:kPEPE" })
	void spellingWhenMarketCanHaveItHasNoHeader(String coin) {
		assertThat(CoinSpelling.headers(coin).isEmpty()).isTrue();
	}

	@Test
	void requestWithoutCoinHasNoHeader() {
		assertThat(CoinSpelling.headers(null).isEmpty()).isTrue();
	}

}
