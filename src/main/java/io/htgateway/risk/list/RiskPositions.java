package io.htgateway.risk.list;

import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Representation;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.work.Work;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * Cache of the positions of items in stored responses. It is separate from the response
 * cache, so that stored responses stay plain bytes. An entry disappears with its response
 * and must therefore hold no reference to it. Evicted positions are computed again from
 * the bytes.
 */
final class RiskPositions {

	private static final long MAX_SIZE = DataSize.ofMegabytes(16).toBytes();

	private static final int ENTRY_SIZE = 128;

	private static final int ITEM_SIZE = 32;

	private final AsyncCache<CachedResponse, RiskLayout> positions;

	RiskPositions() {
		this(MAX_SIZE);
	}

	/**
	 * Creates a cache of positions.
	 * @param maxSize approximate maximum size in bytes
	 */
	RiskPositions(long maxSize) {
		positions = Caffeine.newBuilder()
			.weakKeys()
			.maximumWeight(maxSize)
			.weigher((CachedResponse response, RiskLayout layout) -> ENTRY_SIZE + ITEM_SIZE * layout.items().size())
			.buildAsync();
	}

	/**
	 * Stores the positions of a block that was just loaded.
	 */
	void put(RiskBlock block) {
		positions.put(block.response(), CompletableFuture.completedFuture(block.layout()));
	}

	/**
	 * Returns the given response with its positions. Large responses are parsed on
	 * another thread, once for all concurrent callers.
	 */
	Mono<RiskBlock> block(CachedResponse response) {
		return Mono.fromFuture(() -> positions.get(response, (key, executor) -> parse(response)), true)
			.map((layout) -> new RiskBlock(response, layout));
	}

	/**
	 * Returns the number of responses whose positions are stored.
	 */
	long size() {
		positions.synchronous().cleanUp();
		return positions.synchronous().estimatedSize();
	}

	private static CompletableFuture<RiskLayout> parse(CachedResponse response) {
		Representation body = response.identity();
		return Work.start(body.length(), () -> RiskLayout.of(JsonEnvelope.of(body.bytes())));
	}

}
