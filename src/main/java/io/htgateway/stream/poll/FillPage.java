package io.htgateway.stream.poll;

import java.util.ArrayList;
import java.util.List;

import io.htgateway.stream.event.FillJson;
import io.htgateway.stream.event.StreamEvent.Fill;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.json.JsonResponse;
import io.htgateway.work.Work;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Page of fills as the upstream sent it.
 *
 * @param fills the readable fills in their order
 * @param unreadable number of fills without a time, a trade or a coin
 * @param nextCursor cursor of the next page, or null if this is the last one
 */
record FillPage(List<Fill> fills, int unreadable, @Nullable String nextCursor) {

	static final String ARRAY = "fills";

	FillPage {
		fills = List.copyOf(fills);
	}

	/**
	 * Reads the given response: a large one on a worker thread.
	 */
	static Mono<FillPage> read(JsonResponse response) {
		byte[] body = response.content().body();
		return Work.on(body.length, () -> of(body, response.envelope()));
	}

	private static FillPage of(byte[] body, JsonEnvelope envelope) {
		List<Fill> fills = new ArrayList<>();
		List<JsonEnvelope.Range> ranges = envelope.array(ARRAY).ranges();
		for (JsonEnvelope.Range range : ranges) {
			Fill fill = FillJson.read(body, range.start(), range.end());
			if (fill != null) {
				fills.add(fill);
			}
		}
		return new FillPage(fills, ranges.size() - fills.size(), envelope.strings().get("nextCursor"));
	}

	/**
	 * Returns whether no fill is earlier than the one before it.
	 */
	boolean isOldestFirst() {
		for (int index = 1; index < fills.size(); index++) {
			if (fills.get(index).id().time() < fills.get(index - 1).id().time()) {
				return false;
			}
		}
		return true;
	}

}
