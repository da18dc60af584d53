package io.htgateway.fills;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * A validated query for fills. A parameter that the client did not send is null and is
 * not sent to the upstream.
 *
 * @param limit number of fills, 1 to 1000
 * @param coin one coin, in the case that the client sent
 * @param address one wallet, in lower case
 * @param start start of the period, as the client sent it
 * @param end end of the period, as the client sent it
 * @param side <code>A</code> for ask or <code>B</code> for bid
 * @param nextCursor opaque cursor from the previous page
 */
record FillsQuery(@Nullable Integer limit, @Nullable String coin, @Nullable String address, @Nullable String start,
		@Nullable String end, @Nullable String side, @Nullable String nextCursor) implements CacheKey {

	static final String NAME = "fills";

	static final String PATH = "/api/external/fills/liquidation";

	private static final int MAX_LIMIT = 1000;

	private static final int MAX_MONTHS = 3;

	private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

	private static final Pattern CURSOR = Pattern.compile("[\\x20-\\x7e]{1,2048}");

	private static final String TIME_EXPECTATION = "must be an ISO 8601 time like 2026-05-28T17:27:35Z"
			+ " (a + in it is written %2B)";

	/**
	 * Reads the query from the given parameters and records the invalid ones.
	 */
	static FillsQuery of(RequestParameters parameters) {
		FillsQuery query = new FillsQuery(parameters.integer("limit", 1, MAX_LIMIT), parameters.coin("coin"),
				lowerCase(parameters.text("address", (text) -> ADDRESS.matcher(text).matches(),
						"must be 0x and 40 hexadecimal digits")),
				parameters.text("start", (text) -> IsoTime.parse(text).isPresent(), TIME_EXPECTATION),
				parameters.text("end", (text) -> IsoTime.parse(text).isPresent(), TIME_EXPECTATION),
				parameters.text("side", (text) -> text.equals("A") || text.equals("B"), "must be A (ask) or B (bid)"),
				parameters.text("nextCursor", (text) -> CURSOR.matcher(text).matches(),
						"must be the nextCursor of the previous page, unchanged: 1 to 2048 printable ASCII characters"));
		query.checkPeriod(parameters);
		return query;
	}

	private void checkPeriod(RequestParameters parameters) {
		if (end == null) {
			return;
		}
		if (start == null) {
			if (!parameters.has("start")) {
				parameters.reject("end", "requires the parameter start", end);
			}
			return;
		}
		Instant from = IsoTime.parse(start).orElseThrow();
		Instant to = IsoTime.parse(end).orElseThrow();
		if (!to.isAfter(from)) {
			parameters.reject("end", "must be later than start", end);
		}
		else if (to.isAfter(latestEnd(from))) {
			parameters.reject("end", "must be at most " + MAX_MONTHS + " months after start", end);
		}
	}

	/**
	 * Returns the end of the requested range, or null if the range has none: without an
	 * end it is three months long, or reaches up to now.
	 */
	@Nullable Instant rangeEnd() {
		if (start == null) {
			return null;
		}
		return (end != null) ? IsoTime.parse(end).orElseThrow() : latestEnd(IsoTime.parse(start).orElseThrow());
	}

	private static Instant latestEnd(Instant from) {
		return from.atOffset(ZoneOffset.UTC).plusMonths(MAX_MONTHS).toInstant();
	}

	@Override
	public String text() {
		return toUpstream().variables()
			.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + '=' + parameter.getValue())
			.collect(Collectors.joining("&", "fills?", ""));
	}

	@Override
	public Subject subject() {
		return new Subject(NAME, (coin != null) ? Map.of("coin", coin) : Map.of());
	}

	@Override
	public boolean isEvictedFirst() {
		return true;
	}

	/**
	 * Returns the upstream request for this query.
	 */
	UpstreamRequest toUpstream() {
		UpstreamRequest request = UpstreamRequest.of(PATH);
		request = with(request, "limit", limit);
		request = with(request, "coin", coin);
		request = with(request, "address", address);
		request = with(request, "start", start);
		request = with(request, "end", end);
		request = with(request, "side", side);
		return with(request, "nextCursor", nextCursor);
	}

	private static UpstreamRequest with(UpstreamRequest request, String parameter, @Nullable Object value) {
		return (value != null) ? request.with(parameter, value) : request;
	}

	private static @Nullable String lowerCase(@Nullable String text) {
		return (text != null) ? text.toLowerCase(Locale.ROOT) : null;
	}

}
