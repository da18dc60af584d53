package io.htgateway.access.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Validation of the lists of endpoints, coins and cohorts that a team may read. Messages
 * show a value only if it cannot be a misplaced token.
 */
final class ListsCheck {

	/**
	 * Spellings that a market can have. The upstream compares them case-sensitively.
	 */
	private static final Pattern COIN = Pattern.compile("(?:[a-z0-9]{1,24}:)?(?:[A-Z0-9]{1,24}|k[A-Z0-9]{1,23})");

	private static final Pattern SHOWABLE = Pattern.compile("(?:[A-Za-z0-9]{1,10}:)?[A-Za-z0-9]{1,10}|[0-9-]{1,9}");

	private final int index;

	ListsCheck(int index) {
		this.index = index;
	}

	/**
	 * Requires that the lists of the given team are valid.
	 * @throws IllegalArgumentException with a sentence on the first fault
	 */
	void check(TeamsProperties.Entry team) {
		requireNames("endpoints", team.endpoints(), "the endpoints that the team may use, such as risk");
		requireNames("coins", team.coins(), "the coins that the team may read, such as BTC");
		requireNames("segments", team.segments(), "the cohorts that the team may read, such as 5 or 1-7");
		values(team.coins()).forEach(this::checkCoin);
		Set<Integer> ids = new HashSet<>();
		values(team.segments()).forEach((range) -> checkSegments(range, ids));
	}

	private static List<String> values(@Nullable List<String> list) {
		return (list != null) ? list : List.of();
	}

	// An empty list is refused, because it could be read as all or as none.
	private void requireNames(String property, @Nullable List<String> list, String names) {
		if (list == null) {
			return;
		}
		if (list.isEmpty()) {
			throw invalid(property, "must name %s; without it the team may use all".formatted(names));
		}
		Set<String> known = new HashSet<>();
		list.stream().filter((name) -> !known.add(name)).findFirst().ifPresent((twice) -> {
			throw invalid(property, "has %s twice; list it once"
				.formatted((property.equals("endpoints") && EndpointNames.isShowable(twice)) ? twice : shown(twice)));
		});
	}

	private void checkCoin(String coin) {
		if (!COIN.matcher(coin).matches()) {
			String spelling = spelling(coin);
			throw invalid("coins", COIN.matcher(spelling).matches() && SHOWABLE.matcher(coin).matches()
					? "has %s, which is not a market, because upper and lower case differ; did you mean %s?"
						.formatted(coin, spelling)
					: "has %s, which is not a coin: write its symbol, with its dex prefix if it has one, such as BTC, kPEPE or xyz:MSTR"
						.formatted(shown(coin)));
		}
	}

	private static String spelling(String coin) {
		int colon = coin.indexOf(':') + 1;
		return coin.substring(0, colon).toLowerCase(Locale.ROOT) + coin.substring(colon).toUpperCase(Locale.ROOT);
	}

	private void checkSegments(String range, Set<Integer> known) {
		int[] ids = SegmentRange.parse(range).toArray();
		if (ids.length == 0) {
			throw invalid("segments",
					"has %s, which is not an id or a range of ids, such as 5 or 1-7".formatted(shown(range)));
		}
		for (int id : ids) {
			if (!known.add(id)) {
				throw invalid("segments", "has the cohort %d twice; list it once".formatted(id));
			}
		}
	}

	private static String shown(String value) {
		return SHOWABLE.matcher(value).matches() ? value : "a value that is not shown, since it may be a secret";
	}

	private IllegalArgumentException invalid(String property, String problem) {
		return new IllegalArgumentException("gateway.access.teams[%d].%s %s".formatted(index, property, problem));
	}

}
