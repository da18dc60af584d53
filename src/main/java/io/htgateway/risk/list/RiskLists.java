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
 * Lists of cohorts: each is read once, as far as requested, and every page is cut from
 * the blocks of one load.
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
	 * is too short for the list.
	 */
	public Mono<CacheResult> page(RiskRange range, Reach lookup) {
		return cache.get(range.head(), policy, lookup, (previous) -> head(range, previous))
			.flatMap((head) -> cut(range, head, lookup).onErrorResume(ListChanged.class,
					(changed) -> (lookup == Reach.LOAD) ? cutAnew(range, head.stored())
							: Mono.error(new CacheRefusal.NotCached())));
	}

	/**
	 * Stores a first page as the head of its list, unless a fresh head is known. A page
	 * that does not show whether it is the whole list is not used.
	 */
	public Mono<Void> offer(int segment, RiskBlock firstPage) {
		return (firstPage.total() == null) ? Mono.empty()
				: cache.offer(new RiskKey.Head(segment), policy, loaded(firstPage).response(), null);
	}

	private Mono<Loaded> head(RiskRange range, @Nullable CachedResponse previous) {
		return readOn(range, calls.block(range.segment(), 0, previous != null), previous).map(this::loaded);
	}

	// The head does not wait for the blocks after it, of which its reader may need none.
	private Mono<RiskBlock> readOn(RiskRange range, Mono<RiskBlock> head, @Nullable CachedResponse replaced) {
		return Mono
			.deferContextual((context) -> head.doOnNext((block) -> tails.readOn(range, block, replaced, context)));
	}

	private Mono<CacheResult> cut(RiskRange range, CacheResult head, Reach lookup) {
		tails.answered(range.segment(), head.response());
		CachedResponse known = range.least() ? null : pages.find(load(head), range);
		return (known != null) ? cutBefore(range, head, known, lookup) : positions.block(head.response())
			.flatMap((block) -> tails.list(range, block, lookup))
			.flatMap((read) -> cut(range, read.list()).map(head::with).map((page) -> page.after(read.outcome())));
	}

	// The request that it was cut for may not have marked its blocks. The page needs no
	// marks, so a failure to read the head does not matter here.
	private Mono<CacheResult> cutBefore(RiskRange range, CacheResult head, CachedResponse page, Reach lookup) {
		return (range.lastBlock() == 0) ? Mono.just(head.with(page))
				: positions.block(head.response())
					.doOnNext((block) -> tails.mark(range, block, lookup))
					.onErrorComplete()
					.thenReturn(head.with(page));
	}

	private Mono<CachedResponse> cut(RiskRange range, RiskList list) {
		return (range.least() && list.total() > range.end()) ? Mono.error(new ListIsLonger(list.total()))
				: pages.page(list, range);
	}

	private static String load(CacheResult head) {
		return String.valueOf(head.response().origin().load());
	}

	// The old head stays until the requested part of the new list has been read.
	private Mono<CacheResult> cutAnew(RiskRange range, StoredResponse outdated) {
		CachePolicy longer = policy.withDeadline(policy.deadline().multipliedBy(range.lastBlock() + 1L));
		return cache.renew(range.head(), longer, outdated, (previous) -> anew(range, outdated.response()))
			.flatMap((head) -> cut(range, head, Reach.LOAD))
			.onErrorMap(ListChanged.class, RiskLists::keepsChanging);
	}

	private Mono<Loaded> anew(RiskRange range, CachedResponse outdated) {
		Mono<RiskBlock> list = calls.block(range.segment(), 0, false)
			.flatMap((head) -> tails.list(range, head, Reach.LOAD).thenReturn(head));
		return readOn(range, list, outdated).map(this::loaded).onErrorMap(ListChanged.class, RiskLists::keepsChanging);
	}

	private Loaded loaded(RiskBlock block) {
		positions.put(block);
		return Loaded.fetched(block.response());
	}

	public static UpstreamException keepsChanging(RuntimeException changed) {
		return new UpstreamException.Malformed("a list that keeps changing");
	}

	/**
	 * A list continues after a page that has to be as long as the upstream's own.
	 */
	@SuppressWarnings("serial")
	public static final class ListIsLonger extends RuntimeException {

		private final long total;

		ListIsLonger(long total) {
			super("the list is longer", null, false, false);
			this.total = total;
		}

		/**
		 * Returns the least number of items of the list.
		 */
		public long total() {
			return total;
		}

	}

}
