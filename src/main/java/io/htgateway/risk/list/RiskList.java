package io.htgateway.risk.list;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;

/**
 * One cohort's list, as far as it was read, from which pages are cut byte for byte: items
 * and all that is around them stay as the upstream wrote them.
 *
 * @param blocks the head and what follows it, each but the last one full
 */
record RiskList(List<RiskBlock> blocks) {

	RiskList {
		blocks = List.copyOf(blocks);
	}

	private RiskBlock head() {
		return blocks.getFirst();
	}

	/**
	 * Returns the name of the load that returned all of this.
	 */
	String load() {
		return head().load();
	}

	/**
	 * Returns the number of items of the whole list, as far as known.
	 */
	long total() {
		Long total = head().total();
		return (total != null) ? total : blocks.stream().mapToLong(RiskBlock::size).sum();
	}

	/**
	 * Returns the response with the given body: from the source of the head, with the age
	 * of the oldest block.
	 */
	CachedResponse response(byte[] body) {
		Origin origin = head().response().origin();
		Duration oldest = blocks.stream()
			.map((block) -> block.ageAt(head()))
			.reduce(origin.age(), (one, other) -> (one.compareTo(other) < 0) ? other : one);
		CachedResponse response = head().response().withBody(body);
		return oldest.equals(origin.age()) ? response : response.withOrigin(origin.withAge(oldest));
	}

	/**
	 * The body that the upstream gives for the given offset and limit.
	 */
	byte[] page(int offset, int limit) {
		return join(parts(offset, limit));
	}

	/**
	 * Returns the size of that body.
	 */
	int length(int offset, int limit) {
		return length(parts(offset, limit));
	}

	private List<ByteBuffer> parts(int offset, int limit) {
		RiskBlock head = head();
		if (head.size() == 0) {
			return List.of(head.body());
		}
		List<ByteBuffer> items = items(offset, limit);
		List<ByteBuffer> parts = new ArrayList<>();
		parts.add(head.prefix(items.isEmpty()));
		parts.addAll(items);
		parts.add(head.suffix(items.isEmpty()));
		return parts;
	}

	private List<ByteBuffer> items(int offset, int limit) {
		List<ByteBuffer> items = new ArrayList<>();
		int first = 0;
		for (RiskBlock block : blocks) {
			int from = Math.max(offset - first, 0);
			int to = Math.min(offset + limit - first, block.size());
			if (from < to) {
				if (!items.isEmpty()) {
					items.add(blocks.getFirst().separator());
				}
				items.add(block.items(from, to));
			}
			first += block.size();
		}
		return items;
	}

	private static int length(List<ByteBuffer> parts) {
		return parts.stream().mapToInt(ByteBuffer::remaining).sum();
	}

	private static byte[] join(List<ByteBuffer> parts) {
		ByteBuffer joined = ByteBuffer.allocate(length(parts));
		parts.forEach(joined::put);
		return joined.array();
	}

}
