package io.htgateway.fills;

import java.util.Map;

import io.htgateway.upstream.UpstreamRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.htgateway.fills.FillsRequests.query;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the parameters that {@link FillsQuery} accepts and of the resulting query.
 */
class FillsQueryTests {

	private static final String WALLET = "0x00000000000000000000000000000000000000Ab";

	@Test
	void ofWhenThereAreNoParametersHasNone() {
		FillsQuery none = new FillsQuery(null, null, null, null, null, null, null);

		assertThat(query("")).isEqualTo(none);
		assertThat(none.toUpstream()).isEqualTo(UpstreamRequest.of("/api/external/fills/liquidation"));
	}

	@Test
	void ofWhenAllParametersAreRightHasTheirValues() {
		assertThat(query("nextCursor=a%20b&side=A&end=2026-05-02&start=2026-05-01T00:00:00%2B02:00&address=" + WALLET
				+ "&coin=xyz:MSTR&limit=20"))
			.isEqualTo(new FillsQuery(20, "xyz:MSTR", "0x00000000000000000000000000000000000000ab",
					"2026-05-01T00:00:00+02:00", "2026-05-02", "A", "a b"));
	}

	@Test
	void toUpstreamHasGivenParametersInOneOrder() {
		UpstreamRequest request = query("nextCursor=c&coin=ETH&limit=20").toUpstream();

		assertThat(request.template())
			.isEqualTo("/api/external/fills/liquidation?limit={limit}&coin={coin}&nextCursor={nextCursor}");
		assertThat(request.variables()).isEqualTo(Map.of("limit", "20", "coin", "ETH", "nextCursor", "c"));
	}

	@ParameterizedTest
	@CsvSource({ "limit=7, limit=007", "coin=ETH&limit=7, limit=7&coin=ETH", "limit=7, %6Cimit=%37",
			"coin=xyz:MSTR, coin=xyz%3aMSTR", "address=0x00000000000000000000000000000000000000ab, address=" + WALLET })
	void ofWhenSpellingDiffersIsTheSameQuery(String one, String other) {
		assertThat(query(one)).isEqualTo(query(other)).hasSameHashCodeAs(query(other));
	}

	@ParameterizedTest
	@CsvSource({ "coin=ETH, coin=eth", "coin=xyz:MSTR, coin=XYZ:MSTR", "coin=AB, coin=A:B", "side=A, side=B",
			"limit=1, ''", "nextCursor=a, nextCursor=A", "nextCursor=x, coin=x", "start=2026-05-01, ''" })
	void ofWhenMeaningDiffersIsAnotherQuery(String one, String other) {
		assertThat(query(one)).isNotEqualTo(query(other));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "500", "1000", "0001000" })
	void ofWhenLimitIsWithinBoundsHasIt(String value) {
		assertThat(query("limit=" + value).limit()).isEqualTo(Integer.valueOf(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ETH", "kPEPE", "0G", "xyz:MSTR", "ABCDEFGHIJKLMNOPQRSTUVWX",
			"abcdefghijklmnopqrstuvwx:ABCDEFGHIJKLMNOPQRSTUVWX" })
	void ofWhenCoinIsPlainHasItInItsCase(String coin) {
		assertThat(query("coin=" + coin).coin()).isEqualTo(coin);
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-31T00:00:00Z, 2026-04-30T00:00:00Z", "2026-01-31, 2026-01-31T00:00:00.001Z",
			"2025-11-30T12:00:00Z, 2026-02-28T12:00:00Z", "2023-11-30T12:00:00Z, 2024-02-29T12:00:00Z",
			"2026-01-31T23:00:00-02:00, 2026-05-01T01:00:00Z", "2026-05-01T12:00:00%2B02:00, 2026-05-01T10:00:01Z" })
	void ofWhenPeriodIsAtMostThreeMonthsHasIt(String start, String end) {
		FillsQuery query = query("start=" + start + "&end=" + end);

		assertThat(query.start()).isEqualTo(start.replace("%2B", "+"));
		assertThat(query.end()).isEqualTo(end);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2048 })
	void ofWhenCursorIsOfAllowedLengthHasIt(int length) {
		assertThat(query("nextCursor=" + "x".repeat(length)).nextCursor()).hasSize(length);
	}

	@Test
	void ofWhenCursorIsPrintableAsciiHasIt() {
		assertThat(query("nextCursor=%20!%22%23$%25%26'()*%2B,-./:;%3C=%3E?@%5B%5C%5D%5E_%60%7B%7C%7D~").nextCursor())
			.isEqualTo(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
	}

}
