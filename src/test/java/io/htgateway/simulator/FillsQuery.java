package io.htgateway.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request for a page of fills.
 *
 * @param limit how many fills at most
 * @param oldestFirst the order, which a start time turns round
 * @param filter the fills wanted, those before the cursor left out
 */
record FillsQuery(int limit, boolean oldestFirst, Predicate<Fill> filter) {

	private static final Pattern ADDRESS = Pattern.compile("0[xX][0-9a-fA-F]{40}");

	private static final Pattern SIDE = Pattern.compile("[AB]");

	static FillsQuery from(Parameters parameters, Instant now) {
		parameters.refuse("coin[]");
		int limit = parameters.integer("limit", 500, 1, 1_000);
		Optional<Instant> start = parameters.instant("start");
		Predicate<Fill> filter = during(start, parameters.instant("end"), now);
		filter = and(filter, parameters.text("coin").map((coin) -> (fill) -> fill.coin().equals(coin)));
		filter = and(filter,
				parameters.matching("address", ADDRESS, "address must be an Ethereum address")
					.map((address) -> address.toLowerCase(Locale.ROOT))
					.map((address) -> (fill) -> fill.address().equals(address)));
		filter = and(filter, parameters.matching("side", SIDE, "side must be one of the following values: A, B")
			.map((side) -> (fill) -> fill.side().equals(side)));
		filter = and(filter,
				parameters.text("nextCursor")
					.map(FillPosition::fromCursor)
					.map((cursor) -> after(cursor, start.isPresent())));
		return new FillsQuery(limit, start.isPresent(), filter);
	}

	byte[] page(List<Fill> oldestFirst) {
		List<Fill> ordered = this.oldestFirst ? oldestFirst : oldestFirst.reversed();
		List<Fill> found = ordered.stream().filter(this.filter).limit(this.limit + 1L).toList();
		List<Fill> page = found.subList(0, Math.min(this.limit, found.size()));
		String cursor = (found.size() > this.limit) ? "\"" + page.getLast().position().toCursor() + "\"" : "null";
		String fills = page.stream().map(Fill::json).collect(Collectors.joining(","));
		return "{\"fills\":[%s],\"nextCursor\":%s}".formatted(fills, cursor).getBytes(StandardCharsets.UTF_8);
	}

	private static Predicate<Fill> during(Optional<Instant> start, Optional<Instant> end, Instant now) {
		if (start.isEmpty()) {
			if (end.isPresent()) {
				throw new BadParameterException("end requires start");
			}
			return (fill) -> true;
		}
		Instant from = start.get();
		Instant latest = from.atOffset(ZoneOffset.UTC).plusMonths(3).toInstant();
		Instant to = end.orElse(latest.isBefore(now) ? latest : now);
		if (end.isPresent() && !to.isAfter(from)) {
			throw new BadParameterException("end must be later than start");
		}
		if (to.isAfter(latest)) {
			throw new BadParameterException("end must be at most 3 months after start");
		}
		return (fill) -> fill.position().time() >= from.toEpochMilli() && fill.position().time() <= to.toEpochMilli();
	}

	private static Predicate<Fill> after(FillPosition cursor, boolean oldestFirst) {
		return (fill) -> oldestFirst ? fill.position().compareTo(cursor) > 0 : fill.position().compareTo(cursor) < 0;
	}

	private static Predicate<Fill> and(Predicate<Fill> filter, Optional<Predicate<Fill>> other) {
		return other.map(filter::and).orElse(filter);
	}

}
