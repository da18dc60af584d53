package io.htgateway.risk.list;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.json.JsonEnvelope.Items;
import org.jspecify.annotations.Nullable;

/**
 * One upstream response with items of a cohort's list, and their positions in its bytes.
 * It has up to {@link #SIZE} items, or as many as an upstream page without a limit.
 *
 * @param response the upstream response
 * @param layout positions of the items in its body
 */
public record RiskBlock(CachedResponse response, RiskLayout layout) {

	/**
	 * Maximum number of items that the upstream sends in one response.
	 */
	static final int SIZE = 500;

	public int size() {
		return items().size();
	}

	private Items items() {
		return layout.items();
	}

	/**
	 * Returns the number of items of the whole list, or null if the response lacks it.
	 */
	public @Nullable Long total() {
		return layout.total();
	}

	/**
	 * Returns the id of the load of the list whose head this is.
	 */
	String load() {
		return Objects.requireNonNull(response.origin().load());
	}

	/**
	 * Returns whether the list may continue after this block.
	 */
	boolean isFull() {
		return size() == SIZE;
	}

	/**
	 * Returns the smaller of the given block number and the number of the last block of
	 * the list of this head, if its length is known.
	 */
	int last(int number) {
		Long total = total();
		return (total != null) ? (int) Math.min(number, Math.max(total - 1, 0) / SIZE) : number;
	}

	/**
	 * Returns whether this head and the blocks after it cover the items of the list from
	 * the given offset to the given end. A head that was requested without a limit may be
	 * too short.
	 */
	boolean reaches(int offset, int end) {
		Long total = total();
		return isFull() || total == null || offset >= total || size() >= Math.min(end, total);
	}

	/**
	 * Returns the age that this block had when the given head was fetched; negative if
	 * the upstream made it later.
	 */
	Duration ageAt(RiskBlock head) {
		Origin origin = response.origin();
		return origin.age().minus(Duration.between(head.response.origin().fetchedAt(), origin.fetchedAt()));
	}

	/**
	 * Returns whether the bytes before and after the items equal those of the given head.
	 */
	boolean belongsTo(RiskBlock head) {
		return prefix(true).equals(head.prefix(true)) && suffix(true).equals(head.suffix(true));
	}

	/**
	 * Returns the whole body.
	 */
	ByteBuffer body() {
		return slice(0, response.identity().length());
	}

	/**
	 * Returns the bytes of the given items, with the separators between them.
	 * @param from index of the first item
	 * @param to index after the last item
	 */
	ByteBuffer items(int from, int to) {
		return slice(items().ranges().get(from).start(), items().ranges().get(to - 1).end());
	}

	/**
	 * Returns the bytes between the first two items.
	 */
	ByteBuffer separator() {
		int start = items().ranges().get(0).end();
		int end = items().ranges().get(1).start();
		return slice(start, end);
	}

	/**
	 * Returns the bytes before the first item.
	 * @param empty whether to end after the opening bracket of the items, for an empty
	 * page
	 */
	ByteBuffer prefix(boolean empty) {
		return slice(0, (empty || size() == 0) ? items().open() : items().ranges().getFirst().start());
	}

	/**
	 * Returns the bytes after the last item.
	 * @param empty whether to start at the closing bracket of the items, for an empty
	 * page
	 */
	ByteBuffer suffix(boolean empty) {
		return slice((empty || size() == 0) ? items().close() : items().ranges().getLast().end(),
				response.identity().length());
	}

	private ByteBuffer slice(int start, int end) {
		return response.identity().body().slice(start, end - start);
	}

}
