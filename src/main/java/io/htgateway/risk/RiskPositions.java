package io.htgateway.risk;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.htgateway.cache.CachedResponse;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.json.JsonEnvelope.Items;
import org.springframework.util.unit.DataSize;

/**
 * The positions of items in cached answers. They are kept beside the cache and not in it,
 * so that what is cached stays plain bytes; an entry goes with its answer, to which it
 * must therefore hold no reference. What is pushed out is found again in the bytes.
 */
final class RiskPositions {

	private static final long MAX_SIZE = DataSize.ofMegabytes(16).toBytes();

	private static final int SIZE = 128;

	private static final int ITEM_SIZE = 32;

	private final LoadingCache<CachedResponse, Items> positions;

	RiskPositions() {
		this(MAX_SIZE);
	}

	/**
	 * Keeps positions that take about as many bytes at most.
	 */
	RiskPositions(long maxSize) {
		positions = Caffeine.newBuilder()
			.weakKeys()
			.maximumWeight(maxSize)
			.weigher((CachedResponse response, Items items) -> SIZE + ITEM_SIZE * items.size())
			.build(RiskPositions::read);
	}

	/**
	 * Keeps the positions in a block that was just read.
	 */
	void put(RiskBlock block) {
		positions.put(block.response(), block.items());
	}

	RiskBlock block(CachedResponse response) {
		return new RiskBlock(response, positions.get(response));
	}

	/**
	 * How many answers have their positions kept.
	 */
	long size() {
		positions.cleanUp();
		return positions.estimatedSize();
	}

	private static Items read(CachedResponse response) {
		return JsonEnvelope.of(response.identity().bytes()).array(RiskBlock.ITEMS);
	}

}
