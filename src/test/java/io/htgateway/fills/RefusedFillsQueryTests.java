package io.htgateway.fills;

import io.htgateway.web.problem.ParameterError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.htgateway.fills.FillsRequests.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests of the parameters that {@link FillsQuery} rejects.
 */
class RefusedFillsQueryTests {

	private static final String COIN = "must be a symbol of at most 24 letters and digits,"
			+ " with at most one dex prefix, like BTC or xyz:MSTR";

	private static final String TIME = "must be an ISO 8601 time like 2026-05-28T17:27:35Z (a + in it is written %2B)";

	private static final String CURSOR = "must be the nextCursor of the previous page, unchanged: 1 to 2048 printable ASCII characters";

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=0", "=-1", "=1001", "=1.0", "=1e3", "=+5", "=%2B5", "=x", "=5,6", "=0x10",
			"=%205", "=5%20", "=4294967297", "=18446744073709551617", "=%D9%A5", "=%EF%BC%95", "=5%00", "=%FF" })
	void ofWhenLimitIsNotIntegerWithinBoundsIsRefused(String value) {
		assertOnly("limit" + value, "limit", "must be an integer from 1 to 1000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=B-TC", "=B%20TC", "=BTC%20", "=BTC%0A", "=xyz:", "=:MSTR", "=a:b:c", "=BTC/USD",
			"=@107", "=..", "=%C3%89TH", "=BTC,ETH", "=ABCDEFGHIJKLMNOPQRSTUVWXY", "=abcdefghijklmnopqrstuvwxy:A",
			"=%D9%A5", "=BTC%00", "=%2525" })
	void ofWhenCoinIsNotPlainIsRefused(String value) {
		assertOnly("coin" + value, "coin", COIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=0x", "=000000000000000000000000000000000000000000",
			"=0x000000000000000000000000000000000000000", "=0x00000000000000000000000000000000000000000",
			"=0X0000000000000000000000000000000000000000", "=0x000000000000000000000000000000000000000g",
			"=0x0000000000000000000000000000000000000000%0A", "=0x000000000000000000000000000000000000000%D9%A5" })
	void ofWhenAddressIsNotWalletIsRefused(String value) {
		assertOnly("address" + value, "address", "must be 0x and 40 hexadecimal digits");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=now", "=1748453255", "=2026-05-28T17:27:35+02:00", "=28.05.2026" })
	void ofWhenTimeIsNotIsoIsRefused(String value) {
		assertOnly("start" + value, "start", TIME);
		assertOnly("end" + value, "end", TIME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=a", "=b", "=C", "=AB", "=A,B", "=%20A", "=A%0A", "=ask" })
	void ofWhenSideIsNeitherAskNorBidIsRefused(String value) {
		assertOnly("side" + value, "side", "must be A (ask) or B (bid)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=%0A", "=a%0Db", "=%00", "=%7F", "=%C3%A9", "=a%09" })
	void ofWhenCursorIsNotPrintableAsciiIsRefused(String value) {
		assertOnly("nextCursor" + value, "nextCursor", CURSOR);
	}

	@Test
	void ofWhenCursorIsTooLongIsRefusedAndShownShortened() {
		assertThat(refused("nextCursor=" + "x".repeat(2049)))
			.containsExactly(new ParameterError("nextCursor", CURSOR, "x".repeat(100) + "..."));
	}

	@Test
	void ofWhenEndIsGivenWithoutStartIsRefused() {
		assertOnly("end=2026-05-01", "end", "requires the parameter start");
	}

	@ParameterizedTest
	@CsvSource({ "2026-05-01, 2026-05-01", "2026-05-02, 2026-05-01",
			"2026-05-01T00:00:00Z, 2026-05-01T01:00:00%2B02:00", "2026-05-01, 2026-05-01T00:00:00.000000000" })
	void ofWhenEndIsNotLaterThanStartIsRefused(String start, String end) {
		assertOnly("start=" + start + "&end=" + end, "end", "must be later than start");
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-31T00:00:00Z, 2026-04-30T00:00:00.000000001Z", "2026-01-01, 2026-04-02",
			"2026-01-01, 9999-12-31", "2026-01-01T00:00:00%2B01:00, 2026-04-01T00:00:00Z",
			"2026-02-28T00:00:00Z, 2026-05-31T00:00:00Z" })
	void ofWhenEndIsMoreThanThreeMonthsAfterStartIsRefused(String start, String end) {
		assertOnly("start=" + start + "&end=" + end, "end", "must be at most 3 months after start");
	}

	@ParameterizedTest
	@ValueSource(strings = { "start=x&end=2026-05-01", "start&end=2026-05-01", "end=2026-05-01&start=" })
	void ofWhenStartIsWrongSaysNothingOfEnd(String parameters) {
		assertOnly(parameters, "start", TIME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=5&limit=6", "limit=5&limit", "limit=0&limit=x", "coin=A&coin=B",
			"side=A&coin=A&side=B", "l%69mit=5&limit=6", "limit=5&limit=05" })
	void ofWhenParameterIsGivenTwiceIsRefused(String parameters) {
		assertThat(refused(parameters)).singleElement()
			.extracting(ParameterError::message)
			.isEqualTo("must not be given more than once");
	}

	@ParameterizedTest
	@CsvSource({ "cursor, nextCursor", "Limit, limit", "NEXTCURSOR, nextCursor", "nextcursor, nextCursor",
			"COIN, coin" })
	void ofWhenParameterIsMisspeltSuggestsTheRightOne(String name, String right) {
		assertOnly(name + "=1", name, "is not a parameter of this endpoint; did you mean " + right + "?");
	}

	@ParameterizedTest
	@CsvSource({ "offset, offset", "coin%5B%5D, coin[]", "limit%20, 'limit '", "limit%E2%80%8B, limit\u200b" })
	void ofWhenParameterIsUnknownNamesThoseThatAreKnown(String name, String decoded) {
		assertOnly(name + "=1", decoded, "is not a parameter of this endpoint; allowed:"
				+ " address, coin, end, limit, nextCursor, side, start");
	}

	@Test
	void ofWhenEverythingIsWrongNamesAllOfIt() {
		assertThat(refused("limit=0&coin=a:b:c&address=0x&start=x&end=y&side=C&nextCursor=&cursor=1&z&z"))
			.extracting(ParameterError::parameter, ParameterError::rejected)
			.containsExactlyInAnyOrder(tuple("limit", "0"), tuple("coin", "a:b:c"), tuple("address", "0x"),
					tuple("start", "x"), tuple("end", "y"), tuple("side", "C"), tuple("nextCursor", ""),
					tuple("cursor", "1"), tuple("z", null));
	}

	private static void assertOnly(String parameters, String name, String message) {
		assertThat(refused(parameters)).extracting(ParameterError::parameter, ParameterError::message)
			.containsExactly(tuple(name, message));
	}

}
