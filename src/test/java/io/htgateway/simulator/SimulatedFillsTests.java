package io.htgateway.simulator;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the simulated fills.
 */
class SimulatedFillsTests {

	private static final String PATH = "/fills/liquidation";

	private static final Pattern FILL = Pattern.compile("\\{\"oid\"[^{}]*}");

	private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"}$");

	private static final Caller caller = new Caller();

	@AfterAll
	static void close() {
		caller.close();
	}

	@BeforeEach
	void reset() {
		caller.reset();
	}

	@Test
	void walksAllFillsNewestFirst() throws Exception {
		List<Fill> fills = walk("?limit=1000");

		assertThat(fills).extracting((fill) -> fill.position().time())
			.isSortedAccordingTo((a, b) -> Long.compare(b, a));
		assertThat(fills).doesNotHaveDuplicates().hasSize(3_001 + 289 * 3);
		assertThat(walk("?limit=7&coin=cash:HOOD"))
			.isEqualTo(fills.stream().filter((fill) -> fill.coin().equals("cash:HOOD")).toList());
	}

	@Test
	void walksOldestFirstWhenStartIsGiven() throws Exception {
		List<Fill> all = walk("?limit=1000").reversed();
		long from = Instant.parse("2026-04-01T00:00:00Z").toEpochMilli();
		long to = Instant.parse("2026-05-30T00:00:00Z").toEpochMilli();

		List<Fill> fills = walk("?limit=13&start=2026-04-01&end=2026-05-30T02:00:00%2B02:00&side=B");

		assertThat(fills).hasSizeGreaterThan(100)
			.isEqualTo(all.stream()
				.filter((fill) -> fill.side().equals("B") && fill.position().time() >= from
						&& fill.position().time() <= to)
				.toList());
	}

	@Test
	void holdsPublishedFill() throws Exception {
		HttpResponse<byte[]> response = caller
			.api(PATH + "?start=2026-05-28&address=0X3160FB45324397C607528892EEF27AD183768D7F");

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(Caller.text(response))
			.isEqualTo("{\"fills\":[" + Samples.objects("fills.json").getFirst() + "],\"nextCursor\":null}");
	}

	@Test
	void givesEmptyListWhenCoinIsInWrongCase() throws Exception {
		assertThat(Caller.text(caller.api(PATH + "?coin=btc"))).isEqualTo("{\"fills\":[],\"nextCursor\":null}");
	}

	@Test
	void ignoresParameterNamedCursor() throws Exception {
		String first = Caller.text(caller.api(PATH + "?limit=5"));
		String cursor = cursor(first);

		assertThat(Caller.text(caller.api(PATH + "?limit=5&cursor=" + cursor))).isEqualTo(first);
		assertThat(Caller.text(caller.api(PATH + "?limit=5&nextCursor=" + cursor))).isNotEqualTo(first);
		assertThat(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8))
			.matches("\\{\"id\":\"\\d+\",\"time\":\\d+}");
	}

	@Test
	void givesFiveHundredWhenLimitIsAbsent() throws Exception {
		assertThat(fills(Caller.text(caller.api(PATH)))).hasSize(500);
	}

	@Test
	void endsWithoutCursorWhenPageIsExactlyFull() throws Exception {
		int fills = walk("?coin=xyz:MSTR").size();

		assertThat(Caller.text(caller.api(PATH + "?coin=xyz:MSTR&limit=" + fills))).endsWith("],\"nextCursor\":null}");
	}

	@Test
	void addsFillsAtNextState() throws Exception {
		List<Fill> before = walk("?limit=1000");
		caller.at(Duration.ofMinutes(5));

		List<Fill> after = walk("?limit=1000");

		assertThat(after).hasSize(before.size() + 3).endsWith(before.toArray(Fill[]::new));
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=1001", "limit=x", "address=0x12", "side=C", "start=yesterday",
			"end=2026-05-01", "start=2026-05-02&end=2026-05-01", "start=2026-01-01&end=2026-04-02", "nextCursor=abc",
			"nextCursor=***", "coin%5B%5D=BTC" })
	void refusesBadValues(String query) throws Exception {
		HttpResponse<byte[]> response = caller.api(PATH + "?" + query);

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(Caller.text(response))
			.matches("\\{\"statusCode\":400,\"message\":\\[\".+\"],\"error\":\"Bad Request\"}");
	}

	private static List<Fill> walk(String query) throws IOException, InterruptedException {
		List<Fill> found = new ArrayList<>();
		Set<String> cursors = new HashSet<>();
		String body = Caller.text(caller.api(PATH + query));
		found.addAll(fills(body));
		while (!body.endsWith("\"nextCursor\":null}")) {
			String cursor = cursor(body);
			assertThat(cursors.add(cursor)).isTrue();
			body = Caller.text(caller.api(PATH + query + "&nextCursor=" + cursor));
			assertThat(fills(body)).isNotEmpty();
			found.addAll(fills(body));
		}
		return found;
	}

	private static List<Fill> fills(String body) {
		return FILL.matcher(body).results().map((match) -> Fill.of(match.group())).toList();
	}

	private static String cursor(String body) {
		Matcher matcher = CURSOR.matcher(body);
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

}
