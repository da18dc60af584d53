package io.htgateway.stream.poll;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent.Fill;
import org.jspecify.annotations.Nullable;

/**
 * An upstream of few fills, whose pages polls turn into steps.
 */
public final class Pages {

	private static final Pace PACE = new Pace(Duration.ofMinutes(1), Pace.Reason.CONFIGURED);

	private final int size;

	private final List<Fill> fills = new ArrayList<>();

	/**
	 * An upstream without any fill yet.
	 * @param size fills of a page
	 */
	public Pages(int size) {
		this.size = size;
	}

	/**
	 * A checkpoint that begins at the given time.
	 */
	public static Checkpoint begin(Instant from) {
		return Checkpoint.begin(from, from, new Allowance(60, 1_000, from), PACE);
	}

	/**
	 * Adds a fill of the given time.
	 * @param trade number of the trade
	 */
	public void add(Instant time, long trade) {
		String json = "{\"time\":\"%s\",\"tid\":%d,\"coin\":\"BTC\",\"side\":\"%s\",\"px\":\"5\",\"sz\":\"2\"}"
			.formatted(time, trade, (trade % 2 == 0) ? "A" : "B");
		fills.add(new Fill(new FillId(time.toEpochMilli(), trade, (trade % 2 == 0) ? "A" : "B"), "BTC",
				(trade % 2 == 0) ? "A" : "B", "", 10, json.getBytes(StandardCharsets.UTF_8)));
		fills.sort(Comparator.comparing(Fill::id));
	}

	/**
	 * The trades of all fills.
	 */
	public List<Long> trades() {
		return fills.stream().map((fill) -> fill.id().tid()).toList();
	}

	/**
	 * The step that begins a poll.
	 */
	public static Step begin(Checkpoint before, Instant now) {
		return Step.of(before, before.walking(now));
	}

	/**
	 * The step of the next page of the poll that the given checkpoint has.
	 */
	public Step next(Checkpoint before, Instant now) {
		Walk walk = Objects.requireNonNull(before.walk());
		List<Fill> rest = after(walk).toList();
		List<Fill> page = rest.subList(0, Math.min(size, rest.size()));
		String cursor = (rest.size() > size) ? page.getLast().id().toString() : null;
		return Step.of(before, walk, now, new FillPage(page, List.of(), cursor), PACE);
	}

	private Stream<Fill> after(Walk walk) {
		@Nullable String cursor = walk.cursor();
		FillId last = (cursor != null) ? FillId.parse(cursor).orElseThrow()
				: new FillId(walk.start().toEpochMilli(), -1);
		return fills.stream().filter((fill) -> fill.id().compareTo(last) > 0);
	}

}
