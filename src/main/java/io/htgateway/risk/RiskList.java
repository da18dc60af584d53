package io.htgateway.risk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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

	/**
	 * The body that the upstream gives for the given offset and limit.
	 */
	byte[] page(int offset, int limit) {
		RiskBlock head = blocks.getFirst();
		List<ByteBuffer> items = items(offset, limit);
		List<ByteBuffer> parts = new ArrayList<>();
		parts.add(head.prefix(items.isEmpty()));
		parts.addAll(items);
		parts.add(head.suffix(items.isEmpty()));
		return join(parts);
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

	private static byte[] join(List<ByteBuffer> parts) {
		ByteBuffer joined = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
		parts.forEach(joined::put);
		return joined.array();
	}

}
