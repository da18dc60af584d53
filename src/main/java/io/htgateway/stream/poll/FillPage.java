package io.htgateway.stream.poll;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

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
 * @param unreadable digests of the fills without a time, a trade or a coin
 * @param nextCursor cursor of the next page, or null if this is the last one
 */
record FillPage(List<Fill> fills, List<String> unreadable, @Nullable String nextCursor) {

	static final String ARRAY = "fills";

	FillPage {
		fills = List.copyOf(fills);
		unreadable = List.copyOf(unreadable);
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
		List<String> unreadable = new ArrayList<>();
		List<JsonEnvelope.Range> ranges = envelope.array(ARRAY).ranges();
		for (JsonEnvelope.Range range : ranges) {
			Fill fill = FillJson.read(body, range.start(), range.end());
			if (fill != null) {
				fills.add(fill);
			}
			else {
				unreadable.add(digest(body, range));
			}
		}
		return new FillPage(fills, unreadable, envelope.strings().get("nextCursor"));
	}

	// It recognizes the fill when an overlap reads it again.
	private static String digest(byte[] body, JsonEnvelope.Range range) {
		CRC32C sum = new CRC32C();
		sum.update(body, range.start(), range.end() - range.start());
		return Long.toHexString(sum.getValue());
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
