package io.htgateway.risk.list;

import java.time.InstantSource;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.upstream.response.UpstreamException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Loads lists of cohorts as far as requested, and cuts every page from the blocks of one
 * load.
 */
public final class RiskLists {

	private final RiskCalls calls;

	private final ResponseCache cache;

	private final CachePolicy policy;

	private final RiskPositions positions = new RiskPositions();

	private final RiskPages pages = new RiskPages();

	private final RiskTails tails;

	public RiskLists(RiskCalls calls, ResponseCache cache, CachePolicy policy, InstantSource clock) {
		this.calls = calls;
		this.cache = cache;
		this.policy = policy;
		this.tails = RiskTails.of(calls, cache, policy, positions, clock);
	}

	/**
	 * Returns the page of the given range. Fails with {@link ListIsLonger} if the range
	 * is open-ended and the list continues after it.
	 * @param reach whether the cache may load missing parts of the list
	 */
	public Mono<CacheResult> page(RiskRange range, Reach reach) {
		return cache.get(range.head(), policy, reach, (previous) -> head(range, previous))
			.flatMap((head) -> cut(range, head, reach).onErrorResume(ListChanged.class,
					(changed) -> (reach == Reach.LOAD) ? reloadAndCut(range, head.stored())
							: Mono.error(new CacheRefusal.NotCached())));
	}

	/**
	 * Stores a first page as the head of its list, unless a fresh head is stored. A page
	 * without a total is not stored, because it may not be the whole list.
	 */
	public Mono<Void> offer(int segment, RiskBlock firstPage) {
		return (firstPage.total() == null) ? Mono.empty()
				: cache.offer(new RiskKey.Head(segment), policy, loaded(firstPage).response(), null);
	}

	private Mono<Loaded> head(RiskRange range, @Nullable CachedResponse previous) {
		return thenLoadTail(range, calls.block(range.segment(), 0, previous != null), previous).map(this::loaded);
	}

	// The head does not wait for the blocks after it: the current request may need none.
	private Mono<RiskBlock> thenLoadTail(RiskRange range, Mono<RiskBlock> head, @Nullable CachedResponse replaced) {
		return Mono.deferContextual(
				(context) -> head.doOnNext((block) -> tails.loadInBackground(range, block, replaced, context)));
	}

	private Mono<CacheResult> cut(RiskRange range, CacheResult head, Reach reach) {
		tails.served(range.segment(), head.response());
		CachedResponse stored = range.openEnded() ? null : pages.find(load(head), range);
		return (stored != null) ? marked(range, head, stored, reach)
				: positions.block(head.response())
					.flatMap((block) -> tails.list(range, block, reach))
					.flatMap((assembled) -> cut(range, assembled.list()).map(head::with)
						.map((page) -> page.after(assembled.outcome())));
	}

	// Marks the blocks of a page that was cut for an earlier request, which may not have
	// marked them. The page does not need the marks, so a failure is ignored.
	private Mono<CacheResult> marked(RiskRange range, CacheResult head, CachedResponse page, Reach reach) {
		return (range.lastBlock() == 0) ? Mono.just(head.with(page))
				: positions.block(head.response())
					.doOnNext((block) -> tails.mark(range, block, reach))
					.onErrorComplete()
					.thenReturn(head.with(page));
	}

	private Mono<CachedResponse> cut(RiskRange range, RiskList list) {
		return (range.openEnded() && list.total() > range.end()) ? Mono.error(new ListIsLonger(list.total()))
				: pages.page(list, range);
	}

	private static String load(CacheResult head) {
		return String.valueOf(head.response().origin().load());
	}

	// The old head stays in the cache until the requested part of the new list is loaded.
	private Mono<CacheResult> reloadAndCut(RiskRange range, StoredResponse outdated) {
		CachePolicy longer = policy.withDeadline(policy.deadline().multipliedBy(range.lastBlock() + 1L));
		return cache.renew(range.head(), longer, outdated, (previous) -> reload(range, outdated.response()))
			.flatMap((head) -> cut(range, head, Reach.LOAD))
			.onErrorMap(ListChanged.class, RiskLists::listKeepsChanging);
	}

	private Mono<Loaded> reload(RiskRange range, CachedResponse outdated) {
		Mono<RiskBlock> list = calls.block(range.segment(), 0, false)
			.flatMap((head) -> tails.list(range, head, Reach.LOAD).thenReturn(head));
		return thenLoadTail(range, list, outdated).map(this::loaded)
			.onErrorMap(ListChanged.class, RiskLists::listKeepsChanging);
	}

	private Loaded loaded(RiskBlock block) {
		positions.put(block);
		return Loaded.fetched(block.response());
	}

	/**
	 * Returns the failure for a list that changed again while it was reloaded.
	 */
	public static UpstreamException listKeepsChanging(RuntimeException changed) {
		return new UpstreamException.Malformed("a list that keeps changing");
	}

	/**
	 * Signals that the list continues after a page that must be as long as the upstream's
	 * own page.
	 */
	@SuppressWarnings("serial")
	public static final class ListIsLonger extends RuntimeException {

		private final long total;

		ListIsLonger(long total) {
			super("the list is longer", null, false, false);
			this.total = total;
		}

		/**
		 * Returns a lower bound of the number of items in the list.
		 */
		public long total() {
			return total;
		}

	}

}
