package io.htgateway.risk.list;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.json.JsonEnvelope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the pages that {@link RiskList} cuts: each must equal the upstream's own page,
 * which {@link Writer} writes here from the items.
 */
class RiskListTests {

	/**
	 * Writes a list as an upstream does.
	 */
	record Writer(String head, String separator, String tail, String empty) {

		String write(List<String> items) {
			return items.isEmpty() ? empty : head + String.join(separator, items) + tail;
		}

	}

	private static final Writer COMPACT = new Writer("{\"totalCount\":7,\"items\":[", ",", "]}",
			"{\"totalCount\":7,\"items\":[]}");

	private static final Writer PRETTY = new Writer("{\n  \"totalCount\": 7,\n  \"items\": [\n    ", ",\n    ",
			"\n  ]\n}\n", "{\n  \"totalCount\": 7,\n  \"items\": []\n}\n");

	private static final Writer SURROUNDED = new Writer("{\"caf\u00e9\":[[],{}],\"next\":\"[\",\"items\":[", ",",
			"],\"totalCount\":7,\"more\":[1,2],\"note\":\"]}\"}",
			"{\"caf\u00e9\":[[],{}],\"next\":\"[\",\"items\":[],\"totalCount\":7,\"more\":[1,2],\"note\":\"]}\"}");

	private static final List<Writer> WRITERS = List.of(COMPACT, PRETTY, SURROUNDED);

	private static final List<String> ITEMS = List.of("{\"coin\":\"0G\",\"totalValue\":50791.1900,\"riskValue\":1e-8}",
			"{ \"coin\" : \"xyz:MSTR\",\n\t\"nested\" : { \"a\" : [ 1, [ ] ] } }", "{}",
			"{\"coin\":\"],[{\\\"}\",\"id\":18446744073709551617}", "{\"coin\":\"caf\u00e9 \u20bf \\u005d\"}",
			"{\"coin\":null,\"percentRisk\":-0.10}", "{\"coin\":\"ZRO\"}");

	@ParameterizedTest
	@MethodSource("lists")
	void pageWhenListIsOneBlockIsAsUpstreamWritesIt(Writer writer, List<String> items) {
		assertEveryPage(writer, items, new RiskList(List.of(block(writer, items))));
	}

	@ParameterizedTest
	@FieldSource("WRITERS")
	void pageWhenListIsTwoBlocksIsAsUpstreamWritesIt(Writer writer) {
		for (int cut = 2; cut <= ITEMS.size(); cut++) {
			RiskList list = new RiskList(
					List.of(block(writer, ITEMS.subList(0, cut)), block(writer, ITEMS.subList(cut, ITEMS.size()))));

			assertEveryPage(writer, ITEMS, list);
		}
	}

	@ParameterizedTest
	@FieldSource("WRITERS")
	void pageWhenListIsThreeBlocksIsAsUpstreamWritesIt(Writer writer) {
		RiskList list = new RiskList(List.of(block(writer, ITEMS.subList(0, 3)), block(writer, ITEMS.subList(3, 6)),
				block(writer, ITEMS.subList(6, 7))));

		assertEveryPage(writer, ITEMS, list);
	}

	@ParameterizedTest
	@FieldSource("WRITERS")
	void pageWhenLaterBlocksAreWrittenDifferentlyKeepsTheWayOfTheFirst(Writer writer) {
		RiskList list = new RiskList(List.of(block(writer, ITEMS.subList(0, 2)), block(PRETTY, ITEMS.subList(2, 3)),
				block(COMPACT, ITEMS.subList(3, 4))));

		assertThat(text(list.page(0, 4))).isEqualTo(writer.write(ITEMS.subList(0, 4)));
		assertThat(text(list.page(3, 1))).isEqualTo(writer.write(ITEMS.subList(3, 4)));
	}

	@ParameterizedTest
	@FieldSource("WRITERS")
	void pageWhenOffsetIsFarBehindLastItemIsEmpty(Writer writer) {
		RiskList list = new RiskList(List.of(block(writer, ITEMS)));

		assertThat(text(list.page(1_000_000, 500))).isEqualTo(writer.write(List.of()));
	}

	static Stream<Arguments> lists() {
		return WRITERS.stream()
			.flatMap((writer) -> IntStream.rangeClosed(0, ITEMS.size())
				.mapToObj((size) -> Arguments.of(writer, ITEMS.subList(0, size))));
	}

	private static void assertEveryPage(Writer writer, List<String> items, RiskList list) {
		for (int offset = 0; offset <= items.size() + 1; offset++) {
			for (int limit = 1; limit <= items.size() + 2; limit++) {
				List<String> expected = items.stream().skip(offset).limit(limit).toList();

				assertThat(text(list.page(offset, limit))).as("offset %s, limit %s", offset, limit)
					.isEqualTo(writer.write(expected));
			}
		}
	}

	private static RiskBlock block(Writer writer, List<String> items) {
		byte[] body = writer.write(items).getBytes(StandardCharsets.UTF_8);
		return new RiskBlock(CachedResponse.of(body, "application/json", Origin.of(Instant.EPOCH, Duration.ZERO)),
				RiskLayout.of(JsonEnvelope.of(body)));
	}

	private static String text(byte[] page) {
		return new String(page, StandardCharsets.UTF_8);
	}

}
