package io.htgateway.risk;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

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
 * Property-based tests of {@link RiskQuery}.
 */
@Tag("fuzz")
class RiskQueryFuzzTests {

	private static final RiskProperties PROPERTIES = new RiskProperties(Duration.ofMinutes(5), Duration.ZERO,
			Duration.ZERO, List.of("1-16", "21"), true);

	/**
	 * Two equivalent spellings of a request, and a request for another page.
	 */
	record Pages(RiskQuery page, Raw first, Raw second, RiskQuery other, Raw third) {
	}

	/**
	 * A path variable and a query.
	 */
	record Raw(String segment, String query) {
	}

	@Property
	void ofWhenQueryIsAnythingRefusesItOrHasValuesWithinBounds(@ForAll("queries") Raw raw) {
		if (RefusedParameters.by(() -> query(raw)).isEmpty()) {
			RiskQuery accepted = query(raw);

			assertThat(accepted.segment()).matches((id) -> (id >= 1 && id <= 16) || id == 21);
			assertThat(accepted.offset()).isBetween(0, 1_000_000);
			if (accepted.limit() != null) {
				assertThat(accepted.limit()).isBetween(1, 500);
			}
			assertThat(query(spell(new Draw(new Random(0)), accepted))).isEqualTo(accepted);
		}
	}

	@Property
	void ofHasThePageThatIsAskedForHoweverItIsSpelled(@ForAll("pages") Pages pages) {
		assertThat(query(pages.first())).isEqualTo(pages.page());
		assertThat(query(pages.second())).isEqualTo(pages.page());
		assertThat(query(pages.third())).isEqualTo(pages.other());
	}

	@Provide
	Arbitrary<Raw> queries() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			String segment = draw.chance(90) ? draw.text("0126", 1, 3) : draw.join(3, draw::character);
			return new Raw(segment,
					RawQueries.any(draw, List.of("offset", "limit"), () -> draw.text("0015\u0665", 0, 8)));
		});
	}

	@Provide
	Arbitrary<Pages> pages() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			RiskQuery page = page(draw);
			RiskQuery other = page(draw);
			return new Pages(page, spell(draw, page), spell(draw, page), other, spell(draw, other));
		});
	}

	private static RiskQuery page(Draw draw) {
		return new RiskQuery(draw.of(1 + draw.below(16), 21), draw.of(0, draw.below(1_000_001)),
				draw.chance(20) ? null : Integer.valueOf(1 + draw.below(500)));
	}

	private static Raw spell(Draw draw, RiskQuery page) {
		Map<String, String> parameters = new HashMap<>();
		if (page.offset() > 0 || draw.chance(50)) {
			parameters.put("offset", draw.text("0", 0, 2) + page.offset());
		}
		if (page.limit() != null) {
			parameters.put("limit", draw.text("0", 0, 6) + page.limit());
		}
		return new Raw(draw.text("0", 0, 7) + page.segment(), RawQueries.of(draw, parameters));
	}

	private static RiskQuery query(Raw raw) {
		return RequestParameters.read(RawQueries.request(raw.query()), Map.of("segmentId", raw.segment()),
				RiskEndpoint.DOCUMENT.queryParameters(), (parameters) -> RiskQuery.of(parameters, PROPERTIES));
	}

}
