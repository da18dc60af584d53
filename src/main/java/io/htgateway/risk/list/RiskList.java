package io.htgateway.risk.list;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;

/**
 * The loaded part of one cohort's list. Pages are cut from it byte for byte: the items
 * and the bytes around them stay as the upstream sent them.
 *
 * @param blocks the head and the following blocks; all but the last one are full
 */
record RiskList(List<RiskBlock> blocks) {

	RiskList {
		blocks = List.copyOf(blocks);
	}

	private RiskBlock head() {
		return blocks.getFirst();
	}

	/**
	 * Returns the id of the load that returned this list.
	 */
	String load() {
		return head().load();
	}

	/**
	 * Returns the number of items of the whole list, or of the loaded blocks if the
	 * upstream does not send it.
	 */
	long total() {
		Long total = head().total();
		return (total != null) ? total : blocks.stream().mapToLong(RiskBlock::size).sum();
	}

	/**
	 * Returns a response with the given body, the origin of the head and the age of the
	 * oldest block.
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
	 * Returns the body that the upstream would send for the given offset and limit.
	 */
	byte[] page(int offset, int limit) {
		return join(parts(offset, limit));
	}

	/**
	 * Returns the length of that body in bytes.
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
