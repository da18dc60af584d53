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
 * The positions of items in cached answers. They are kept beside the cache and not in it,
 * so that what is cached stays plain bytes; an entry goes with its answer, to which it
 * must therefore hold no reference. What is pushed out is found again in the bytes.
 */
final class RiskPositions {

	private static final long MAX_SIZE = DataSize.ofMegabytes(16).toBytes();

	private static final int SIZE = 128;

	private static final int ITEM_SIZE = 32;

	private final AsyncCache<CachedResponse, RiskLayout> positions;

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
			.weigher((CachedResponse response, RiskLayout layout) -> SIZE + ITEM_SIZE * layout.items().size())
			.buildAsync();
	}

	/**
	 * Keeps the positions in a block that was just read.
	 */
	void put(RiskBlock block) {
		positions.put(block.response(), CompletableFuture.completedFuture(block.layout()));
	}

	/**
	 * Returns the given answer with its positions. Large answers are read on another
	 * thread, once for all concurrent callers.
	 */
	Mono<RiskBlock> block(CachedResponse response) {
		return Mono.fromFuture(() -> positions.get(response, (key, executor) -> read(response)), true)
			.map((layout) -> new RiskBlock(response, layout));
	}

	/**
	 * How many answers have their positions kept.
	 */
	long size() {
		positions.synchronous().cleanUp();
		return positions.synchronous().estimatedSize();
	}

	private static CompletableFuture<RiskLayout> read(CachedResponse response) {
		Representation body = response.identity();
		return Work.start(body.length(), () -> RiskLayout.of(JsonEnvelope.of(body.bytes())));
	}

}
