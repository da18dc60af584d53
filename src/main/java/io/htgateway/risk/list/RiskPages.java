package io.htgateway.risk.list;

import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.work.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * Cache of pages cut from lists, so that each page is assembled and hashed once. A page
 * belongs to one load of its list and is not found after that load is replaced.
 */
final class RiskPages {

	private static final long MAX_SIZE = DataSize.ofMegabytes(4).toBytes();

	private final AsyncCache<Key, CachedResponse> pages = Caffeine.newBuilder()
		.maximumWeight(MAX_SIZE)
		.weigher((Key key, CachedResponse page) -> page.weight())
		.executor(Runnable::run)
		.buildAsync();

	/**
	 * Returns the page of the given range, or null if it has not been cut from the given
	 * load of its list.
	 */
	@Nullable CachedResponse find(String load, RiskRange range) {
		return pages.synchronous().getIfPresent(new Key(load, range.offset(), range.limit()));
	}

	/**
	 * Returns the page of the given range, which is cut once for all concurrent callers.
	 */
	Mono<CachedResponse> page(RiskList list, RiskRange range) {
		Key page = new Key(list.load(), range.offset(), range.limit());
		return Mono.fromFuture(() -> pages.get(page, (key, executor) -> cut(list, key)), true);
	}

	private static CompletableFuture<CachedResponse> cut(RiskList list, Key page) {
		return Work.start(list.length(page.offset, page.limit),
				() -> list.response(list.page(page.offset, page.limit)));
	}

	private record Key(String load, int offset, int limit) {
	}

}
