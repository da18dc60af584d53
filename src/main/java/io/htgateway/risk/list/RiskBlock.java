package io.htgateway.risk.list;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.json.JsonEnvelope.Items;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the upstream with items of a cohort's list, and their positions in its
 * bytes: up to {@link #SIZE}, or as many as an upstream page without a limit has.
 *
 * @param response the answer
 * @param layout positions of its items
 */
public record RiskBlock(CachedResponse response, RiskLayout layout) {

	/**
	 * Most items that the upstream gives at once.
	 */
	static final int SIZE = 500;

	public int size() {
		return items().size();
	}

	private Items items() {
		return layout.items();
	}

	/**
	 * Returns the number of items of the whole list, if the answer has it.
	 */
	public @Nullable Long total() {
		return layout.total();
	}

	/**
	 * Returns the name of the load of the list whose head this is.
	 */
	String load() {
		return Objects.requireNonNull(response.origin().load());
	}

	/**
	 * Whether there may be more items behind this block.
	 */
	boolean isFull() {
		return size() == SIZE;
	}

	/**
	 * Returns the last block of the list of this head, but no later one than the given.
	 */
	int last(int number) {
		Long total = total();
		return (total != null) ? (int) Math.min(number, Math.max(total - 1, 0) / SIZE) : number;
	}

	/**
	 * Returns whether this head and the blocks after it have the items from the given one
	 * up to the given end, as far as the list has them. A head that was read without a
	 * limit may be too short.
	 */
	boolean reaches(int offset, int end) {
		Long total = total();
		return isFull() || total == null || offset >= total || size() >= Math.min(end, total);
	}

	/**
	 * Returns the age of this block at the time when the given head was fetched, as if it
	 * had existed then.
	 */
	Duration ageAt(RiskBlock head) {
		Origin origin = response.origin();
		return origin.age().minus(Duration.between(head.response.origin().fetchedAt(), origin.fetchedAt()));
	}

	/**
	 * Whether all that is around the items is as in the given block.
	 */
	boolean belongsTo(RiskBlock head) {
		return prefix(true).equals(head.prefix(true)) && suffix(true).equals(head.suffix(true));
	}

	/**
	 * All bytes.
	 */
	ByteBuffer body() {
		return slice(0, response.identity().length());
	}

	/**
	 * The given items with what is between them.
	 */
	ByteBuffer items(int from, int to) {
		return slice(items().ranges().get(from).start(), items().ranges().get(to - 1).end());
	}

	/**
	 * What is between two items.
	 */
	ByteBuffer separator() {
		int start = items().ranges().get(0).end();
		int end = items().ranges().get(1).start();
		return slice(start, end);
	}

	/**
	 * What is before the first item, or up to the opening bracket of the items.
	 */
	ByteBuffer prefix(boolean empty) {
		return slice(0, (empty || size() == 0) ? items().open() : items().ranges().getFirst().start());
	}

	/**
	 * What is behind the last item, or from the closing bracket of the items on.
	 */
	ByteBuffer suffix(boolean empty) {
		return slice((empty || size() == 0) ? items().close() : items().ranges().getLast().end(),
				response.identity().length());
	}

	private ByteBuffer slice(int start, int end) {
		return response.identity().body().slice(start, end - start);
	}

}
