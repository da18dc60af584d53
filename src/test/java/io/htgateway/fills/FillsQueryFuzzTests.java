package io.htgateway.fills;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.htgateway.testing.Draw;
import io.htgateway.web.RawQueries;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of {@link FillsQuery}.
 */
@Tag("fuzz")
class FillsQueryFuzzTests {

	private static final String ALNUM = "ABYZabyz0189";

	private static final List<String> NAMES = List.of("limit", "coin", "address", "start", "end", "side", "nextCursor");

	/**
	 * Two equivalent spellings of a query, and the spelling of a different query.
	 */
	record Spellings(Map<String, String> parameters, String first, String second, Map<String, String> others,
			String third) {
	}

	@Property
	void ofWhenQueryIsAnythingRefusesItOrHasValuesWithinBounds(@ForAll("queries") String query) {
		if (FillsRequests.refused(query).isEmpty()) {
			FillsQuery accepted = FillsRequests.query(query);

			assertThat(isWithinBounds(accepted)).as("%s", accepted).isTrue();
			assertThat(isPeriod(accepted)).as("%s", accepted).isTrue();
			assertThat(canonical(accepted)).isEqualTo(accepted);
		}
	}

	@Property
	void ofWhenParametersAreTheSameIsTheSameKeyAndElseAnother(@ForAll("spellings") Spellings spellings) {
		FillsQuery query = FillsRequests.query(spellings.first());

		assertThat(FillsRequests.query(spellings.second())).isEqualTo(query).hasSameHashCodeAs(query);
		assertThat(FillsRequests.query(spellings.third()).equals(query))
			.isEqualTo(spellings.others().equals(spellings.parameters()));
	}

	@Provide
	Arbitrary<String> queries() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			return RawQueries.any(draw, NAMES, () -> anyValue(draw));
		});
	}

	@Provide
	Arbitrary<Spellings> spellings() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			Map<String, String> parameters = parameters(draw);
			Map<String, String> others = new HashMap<>(parameters);
			if (draw.chance(80)) {
				change(draw, others, draw.of(NAMES));
			}
			return new Spellings(parameters, spell(draw, parameters), spell(draw, parameters), others,
					spell(draw, others));
		});
	}

	private static String anyValue(Draw draw) {
		return switch (draw.below(4)) {
			case 0 -> draw.text("0159", 0, 5);
			case 1 -> draw.text("0123-:TZ+.", 0, 26);
			case 2 -> draw.text(ALNUM + ":", 0, 30);
			default -> rightValue(draw, draw.of(NAMES));
		};
	}

	private static Map<String, String> parameters(Draw draw) {
		Map<String, String> parameters = new HashMap<>();
		draw.some(4, () -> draw.of(NAMES)).forEach((name) -> change(draw, parameters, name));
		return parameters;
	}

	// The parameter end requires start.
	private static void change(Draw draw, Map<String, String> parameters, String name) {
		parameters.put(name, rightValue(draw, name));
		if (parameters.containsKey("end")) {
			parameters.putIfAbsent("start", rightValue(draw, "start"));
		}
	}

	private static String rightValue(Draw draw, String name) {
		return switch (name) {
			case "limit" -> Integer.toString(1 + draw.below(draw.of(2, 1000)));
			case "coin" -> (draw.chance(30) ? draw.text(ALNUM, 1, 2) + ":" : "") + draw.text(ALNUM, 1, 3);
			case "address" -> "0x" + draw.text("0123456789abcdef", 40, 40);
			case "start" -> draw.of("2026-05-01", "2026-05-01T00:00", "2026-05-01T00:00:00Z", "2026-05-01T02:00+02:00");
			case "end" -> draw.of("2026-05-02", "2026-07-31T23:59:59.999Z", "2026-08-01", "2026-07-01T02:00-0200");
			case "side" -> draw.of("A", "B");
			default -> draw.text(" !&+=%aA\"~", 1, 5);
		};
	}

	// A limit is compared as a number, an address without regard to case.
	private static String spell(Draw draw, Map<String, String> parameters) {
		Map<String, String> spelled = new HashMap<>(parameters);
		spelled.computeIfPresent("limit", (name, limit) -> draw.text("0", 0, 5) + limit);
		spelled.computeIfPresent("address",
				(name, address) -> draw.chance(50) ? address : "0x" + address.substring(2).toUpperCase(Locale.ROOT));
		return RawQueries.of(draw, spelled);
	}

	private static FillsQuery canonical(FillsQuery query) {
		return FillsRequests.query(RawQueries.of(new Draw(new Random(0)), query.toUpstream().variables()));
	}

	private static boolean isWithinBounds(FillsQuery query) {
		Integer limit = query.limit();
		return (limit == null || (limit >= 1 && limit <= 1000)) && isCoin(query.coin())
				&& isAll(query.address(), 42, 42, "0123456789abcdefx") && isAll(query.side(), 1, 1, "AB")
				&& Optional.ofNullable(query.nextCursor())
					.map((cursor) -> cursor.length() <= 2048 && cursor.chars().allMatch((c) -> c >= ' ' && c <= '~'))
					.orElse(true);
	}

	private static boolean isCoin(@Nullable String coin) {
		return coin == null || (coin.indexOf(':') == coin.lastIndexOf(':') && List.of(coin.split(":", -1))
			.stream()
			.allMatch((part) -> !part.isEmpty() && part.length() <= 24
					&& part.chars().allMatch((c) -> c < 128 && Character.isLetterOrDigit(c))));
	}

	private static boolean isAll(@Nullable String text, int least, int most, String alphabet) {
		return text == null || (text.length() >= least && text.length() <= most
				&& text.chars().allMatch((c) -> alphabet.indexOf(c) >= 0));
	}

	private static boolean isPeriod(FillsQuery query) {
		Optional<Instant> start = Optional.ofNullable(query.start()).map((time) -> IsoTime.parse(time).orElseThrow());
		Optional<Instant> end = Optional.ofNullable(query.end()).map((time) -> IsoTime.parse(time).orElseThrow());
		return end.isEmpty() || (start.orElseThrow().isBefore(end.get())
				&& !start.get().atOffset(ZoneOffset.UTC).plusMonths(3).toInstant().isBefore(end.get()));
	}

}
